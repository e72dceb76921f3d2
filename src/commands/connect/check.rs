use std::time::Instant;

use clap::Args;
use http::{HeaderMap, HeaderValue, Method, header};
use serde::Deserialize;
use serde_json::Value;

use super::openclaw;
use super::probe::{Probe, probes};
use crate::client::{Answer, Client as Router};
use crate::commands::doctor::reach::failed;
use crate::commands::key::inspect::fault;
use crate::commands::key_source::{HeldKey, KeySourceFlags};
use crate::commands::reservation::{Shortfall, of_rows};
use crate::config::{parse_url, shown};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::recipe::Client;
use crate::report::catalog::{CatalogRow, of_key};
use crate::settings::Target;
use crate::view::doctor::{COLUMNS, Finding, Findings, Level};
use crate::view::inspect::Inspected;
use crate::view::router::counted;
use clawctl_wire::catalog::Catalog;
use clawctl_wire::credential::Inspection;
use clawctl_wire::key::ProxyKey;
use clawctl_wire::money::Micros;
use clawctl_wire::usage::KeyUsage;

/// Make the calls that a client makes, and say which of them fails and why
///
/// Catalog and usage are asked for with the key, at the address and in the way of the client. With
/// `--probe` one small request goes to the cheapest model over each way of speaking that the client
/// can use; which one, and what it costs at most, is said before. `--dry-run` holds it back.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl connect check --key-env CLAWROUTER_API_KEY
  clawctl connect check openclaw --key-file alice.key --probe
  pass show alice | clawctl connect check codex --key-stdin --probe --model openai/gpt-5.6")]
pub struct Check {
    /// The client whose calls are made; without it, those of any
    #[arg(value_enum)]
    client: Option<Client>,

    /// Send one small request over each way of speaking
    #[arg(long)]
    probe: bool,

    /// Model to check [default: every model, and for requests the cheapest over each way]
    #[arg(long, value_name = "REF", add = crate::commands::complete::models())]
    model: Option<String>,

    /// Address at which the client reaches the router, where it is another than ours
    #[arg(long, value_name = "URL")]
    client_url: Option<String>,

    #[command(flatten)]
    key: KeySourceFlags,
}

pub(super) async fn run(ctx: &Ctx, args: &Check) -> Result<Findings> {
    ctx.check_columns(COLUMNS)?;
    let url = match &args.client_url {
        Some(text) => parse_url(text)?,
        None => parse_url(&ctx.client_url().0)?,
    };
    let insecure = match &ctx.settings.target {
        Target::Remote { insecure_http, .. } => *insecure_http,
        Target::Embedded => ctx.settings.insecure_http,
    };
    // As nobody: what opens a door for us opens none for the client.
    let router = ctx.dial(&url, insecure, None, None)?;
    let mut check = Checking { ctx, args, router, findings: Vec::new() };
    // The first step that fails is the one to mend; those behind it would only fail too.
    let _ = check.steps(shown(&url)).await;
    let as_table = !ctx.ui.look().columns.is_empty();
    Ok(Findings { findings: check.findings, as_table })
}

struct Checking<'a> {
    ctx: &'a Ctx,
    args: &'a Check,
    router: Router,
    findings: Vec<Finding>,
}

/// A step failed, and its finding is there.
struct Stop;

/// What the budget of a policy has left.
struct Left {
    micros: Micros,
    policy: String,
}

impl Checking<'_> {
    async fn steps(&mut self, place: &str) -> Result<(), Stop> {
        let key = self.key()?;
        let bearer = key.bearer().map_err(|e| self.stop(failed("key", e)))?;
        self.reach(place).await?;
        let inspection = self.inspect(&key, &bearer).await?;
        let catalog = self.catalog(&bearer).await?;
        let rows = self.models(&catalog, &inspection).await?;
        let left = self.usage(&bearer).await?;
        if let Some(left) = left {
            self.room(&rows, &inspection, left).await;
        }
        if self.args.probe {
            self.probe(&key, &rows).await;
        }
        Ok(())
    }

    fn stop(&mut self, finding: Finding) -> Stop {
        self.findings.push(finding);
        Stop
    }

    fn key(&mut self) -> Result<HeldKey, Stop> {
        match self.args.key.held(self.ctx) {
            Ok(key) => {
                self.findings.push(Finding::ok("key", "the key has the form of one"));
                Ok(key)
            }
            Err(e) => Err(self.stop(failed("key", e))),
        }
    }

    async fn reach(&mut self, place: &str) -> Result<(), Stop> {
        let started = Instant::now();
        match self.router.health().await {
            Ok(_) => {
                let took = started.elapsed().as_millis();
                self.findings.push(Finding::ok("reach", format!("{place} answers in {took} ms")));
                Ok(())
            }
            Err(e) => {
                let mut finding = failed("reach", e.into());
                if finding.remedy.is_none() {
                    let way = format!("is {place} the client's way to the router? `--client-url`");
                    finding = finding.remedy(way);
                }
                if self.ctx.settings.target == Target::Embedded && self.args.client_url.is_none() {
                    finding = finding
                        .because("clients need it served; commands do without")
                        .remedy("clawctl router serve, or clawctl router service install");
                }
                Err(self.stop(finding))
            }
        }
    }

    async fn inspect(&mut self, key: &HeldKey, bearer: &HeaderValue) -> Result<Inspection, Stop> {
        match self.router.inspect_key(bearer).await {
            Ok(inspection) => {
                let what = format!("the router takes key {}", inspection.kid);
                self.findings.push(Finding::ok("identity", what));
                Ok(inspection)
            }
            Err(e) => {
                let id = ProxyKey::parse(key.secret().expose()).ok().map(|key| key.id.to_owned());
                let finding = match fault(&e) {
                    Some(fault) => {
                        let found = Inspected::faulty(id, fault, String::new());
                        let finding = Finding::new(Level::Problem, "identity", found.finding);
                        Finding { remedy: found.remedy, ..finding }
                    }
                    None => failed("identity", e.into()),
                };
                Err(self.stop(finding))
            }
        }
    }

    async fn catalog(&mut self, bearer: &HeaderValue) -> Result<Catalog, Stop> {
        let started = Instant::now();
        let answer = match self.get("/v1/catalog", bearer).await {
            Ok(answer) => answer,
            Err(e) => return Err(self.stop(failed("catalog", e))),
        };
        let took = started.elapsed().as_millis();
        let body: Option<Value> = serde_json::from_slice(&answer.body).ok();
        let catalog = body.as_ref().and_then(|body| Catalog::deserialize(body).ok());
        let Some((body, catalog)) = body.as_ref().zip(catalog) else {
            let what = "the catalog is not what a client can read";
            return Err(self.stop(
                Finding::new(Level::Problem, "catalog", what)
                    .because("it needs `providers`, each with `id`, and models with `id`")
                    .remedy("clawctl api GET /v1/catalog --key-env NAME"),
            ));
        };
        let providers = counted(catalog.providers.len() as u64, "provider", "providers");
        let what = format!("{providers} in {took} ms");
        self.findings.push(Finding::ok("catalog", what));
        if matches!(self.args.client, None | Some(Client::Openclaw)) {
            self.findings.extend(openclaw::stumbles(body, answer.body.len(), took));
        }
        Ok(catalog)
    }

    /// What the client would list.
    async fn models(
        &mut self,
        catalog: &Catalog,
        inspection: &Inspection,
    ) -> Result<Vec<CatalogRow>, Stop> {
        let snapshot = match self.router.providers().await {
            Ok(snapshot) => snapshot,
            Err(e) => return Err(self.stop(failed("models", e.into()))),
        };
        let rows = of_key(catalog, &snapshot.providers, inspection);
        // Any client is one that takes whatever there is.
        let client = self.args.client.unwrap_or(Client::Curl);
        let usable: Vec<CatalogRow> = rows
            .iter()
            .filter(|row| row.is_ready() && client.transport(row).is_some())
            .cloned()
            .collect();
        if usable.is_empty() {
            let what = format!("there is no model with {} for this key", client.wants());
            let finding = Finding::new(Level::Problem, "models", what);
            let close = rows.iter().find(|row| client.transport(row).is_some() && !row.is_ready());
            let finding = match close {
                Some(row) => finding.because(format!(
                    "{}: {}",
                    row.model,
                    row.reason.as_deref().unwrap_or("it is not ready")
                )),
                None => finding.because("the key's scope has none that speaks it"),
            };
            return Err(self.stop(finding.remedy(format!(
                "clawctl key show {}, then clawctl policy scope POLICY --add-provider ID",
                inspection.kid
            ))));
        }
        let reference = |row: &CatalogRow| match self.args.client {
            Some(client) => client.reference(row),
            None => row.model.clone(),
        };
        let models = usable.iter().map(reference).collect();
        let count = counted(usable.len() as u64, "model", "models");
        let what = format!("{count} can be used");
        self.findings.push(Finding::ok("models", what).about(models));
        Ok(usable)
    }

    /// What the budget has left, if there is one.
    async fn usage(&mut self, bearer: &HeaderValue) -> Result<Option<Left>, Stop> {
        let answer = match self.get("/v1/usage", bearer).await {
            Ok(answer) => answer,
            Err(e) => return Err(self.stop(failed("usage", e))),
        };
        let Ok(usage) = serde_json::from_slice::<KeyUsage>(&answer.body) else {
            let what = "the usage is not what a client can read";
            self.findings.push(
                Finding::new(Level::Warning, "usage", what)
                    .remedy("clawctl api GET /v1/usage --key-env NAME"),
            );
            return Ok(None);
        };
        let budget = &usage.budget;
        let spent = |limit: clawctl_wire::money::Micros| {
            budget.spent_micros.is_some_and(|spent| spent.0 >= limit.0)
        };
        self.findings.push(match budget.limit_micros {
            Some(limit) if spent(limit) => {
                Finding::new(Level::Problem, "usage", format!("the budget of {limit} is spent"))
                    .because("every request is refused with 402 until the month ends")
                    .remedy(format!("clawctl budget set {} AMOUNT", usage.policy_id))
            }
            Some(limit) => Finding::ok("usage", format!("there is budget left of {limit}")),
            None => Finding::ok("usage", "no budget limits the key"),
        });
        let left = budget.remaining_micros.filter(|left| *left > Micros::ZERO);
        Ok(left.map(|micros| Left { micros, policy: usage.policy_id }))
    }

    /// Whether the requests that the client really makes have room in the budget. A probe is so
    /// small that it always has.
    async fn room(&mut self, rows: &[CatalogRow], key: &Inspection, left: Left) {
        // It was asked for the models a moment ago.
        let Ok(snapshot) = self.router.providers().await else { return };
        let client = self.args.client.filter(|client| *client != Client::Env);
        let chosen: Vec<_> = match &self.args.model {
            Some(named) => {
                let means = |row: &&CatalogRow| client.unwrap_or(Client::Curl).means(named, row);
                rows.iter().filter(means).cloned().collect()
            }
            None => rows.to_vec(),
        };
        let reserved = of_rows(&snapshot, &chosen, client, key.request_cost_micros);
        let Some(shortfall) = Shortfall::of(&reserved, left.micros) else {
            if !reserved.is_empty() {
                let what = format!("a request has room in the {} left", left.micros);
                self.findings.push(Finding::ok("room", what));
            }
            return;
        };
        let level = match shortfall.count < reserved.len() {
            true => Level::Warning,
            false => Level::Problem,
        };
        let ways = shortfall.ways_out(&left.policy, key.models.is_some());
        let finding = Finding::new(level, "room", shortfall.words());
        self.findings.push(finding.remedy(ways.join("; ")));
    }

    async fn probe(&mut self, key: &HeldKey, rows: &[CatalogRow]) {
        let client = self.args.client.unwrap_or(Client::Curl);
        let chosen = match &self.args.model {
            None => rows.to_vec(),
            Some(named) => rows.iter().filter(|row| client.means(named, row)).cloned().collect(),
        };
        if chosen.is_empty() {
            let error = Error::not_found("the model that was named is none of these")
                .hint("leave out `--model`, or name one of the models above");
            self.findings.push(failed("probe", error));
        }
        for probe in probes(client, &chosen) {
            // It costs what it costs, so a dry run holds it back.
            let finding = match self.ctx.settings.dry_run {
                true => probe.held_back(),
                false => {
                    self.ctx.ui.status(probe.announced());
                    self.send(key, &probe).await
                }
            };
            self.findings.push(finding);
        }
    }

    async fn send(&self, key: &HeldKey, probe: &Probe) -> Finding {
        let headers = match probe.headers(key) {
            Ok(headers) => headers,
            Err(e) => return failed(probe.check, e),
        };
        let body = Some(probe.body.to_string().into_bytes());
        let started = Instant::now();
        match self.router.raw(Method::POST, &probe.path, headers, body, false).await {
            Ok(answer) => probe.verdict(&answer, started.elapsed().as_millis()),
            Err(e) => failed(probe.check, e.into()),
        }
    }

    /// A read as the client makes it, with only its key.
    async fn get(&self, path: &str, bearer: &HeaderValue) -> Result<Answer> {
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, bearer.clone());
        let answer = self.router.raw(Method::GET, path, headers, None, false).await?;
        match answer.status {
            200..=299 => Ok(answer),
            status => Err(Error::failed(format!("{path} is answered with {status}"))
                .cause(super::probe::said(&answer))),
        }
    }
}
