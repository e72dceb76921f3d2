use clap::Args;

use super::change::carry_out;
use crate::client::{self, IfMissing, RuleEdit, SetEdit};
use crate::commands::complete;
use crate::commands::lock_out::LockOutFlag;
use crate::commands::policy::flags::{either, words};
use crate::commands::user::{changed_groups, email};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::view::View;
use clawctl_wire::id::check_id;
use clawctl_wire::rule::{Rule, RuleKind};

/// Create a rule, or change what is named of one
///
/// Users who match a rule get its groups, and its policies through a group of the rule's own. With
/// every write, the router evaluates all users it knows, at once.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl rule put engineers --domain example.com --add-group eng --add-policy team_alpha
  clawctl rule put core --github-team openclaw/core --add-policy ops --priority 10
  clawctl rule put engineers --remove-policy team_alpha --dry-run")]
pub struct Put {
    /// Id of the rule: letters, digits and underscores
    #[arg(add = complete::rules())]
    id: String,

    #[command(flatten)]
    subject: SubjectFlags,

    /// Group to add
    #[arg(long = "add-group", value_name = "NAME", value_delimiter = ',')]
    #[arg(add = complete::groups())]
    add_groups: Vec<String>,

    /// Group to take away
    #[arg(long = "remove-group", value_name = "NAME", value_delimiter = ',')]
    #[arg(add = complete::groups())]
    remove_groups: Vec<String>,

    /// Policy to add
    #[arg(long = "add-policy", value_name = "ID", value_delimiter = ',')]
    #[arg(add = complete::policies())]
    add_policies: Vec<String>,

    /// Policy to take away
    #[arg(long = "remove-policy", value_name = "ID", value_delimiter = ',')]
    #[arg(add = complete::policies())]
    remove_policies: Vec<String>,

    /// Which rule applies first: the one with the lowest number
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    priority: Option<u64>,

    /// Users who no longer match keep what the rule gave
    #[arg(long)]
    keep_on_loss: bool,

    /// Users who no longer match lose what the rule gave
    #[arg(long, conflicts_with = "keep_on_loss")]
    revoke_on_loss: bool,

    /// Where the rule comes from; a label
    #[arg(long, value_name = "WORD")]
    provenance: Option<String>,

    /// Leave it switched off
    #[arg(long)]
    disabled: bool,

    #[command(flatten)]
    lock_out: LockOutFlag,
}

/// What a rule looks at; one of these.
#[derive(Debug, Args)]
#[group(multiple = false)]
struct SubjectFlags {
    /// Match this address
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,

    /// Match every address behind this domain
    #[arg(long, value_name = "NAME")]
    domain: Option<String>,

    /// GitHub organization
    #[arg(long, value_name = "ORG")]
    github_org: Option<String>,

    /// GitHub team
    #[arg(long, value_name = "ORG/TEAM")]
    github_team: Option<String>,
}

impl SubjectFlags {
    fn read(&self) -> Result<Option<(RuleKind, String)>> {
        let Self { email: address, domain, github_org, github_team } = self;
        Ok(if let Some(typed) = address {
            Some((RuleKind::ExactEmail, email(typed)?))
        } else if let Some(name) = domain {
            let name = words("--domain", name)?;
            // Nobody's address has two `@`, so a domain with one matches nobody.
            let name = name.strip_prefix('@').or(name.strip_prefix("*@")).unwrap_or(&name);
            if name.contains('@') || name.is_empty() {
                return Err(Error::usage(format!("`{name}` is not a domain"))
                    .hint("for one address, say `--email ADDRESS`"));
            }
            Some((RuleKind::EmailDomain, name.to_lowercase()))
        } else if let Some(name) = github_org {
            Some((RuleKind::GithubOrg, words("--github-org", name)?.to_lowercase()))
        } else if let Some(name) = github_team {
            Some((RuleKind::GithubTeam, team(name)?))
        } else {
            None
        })
    }
}

/// A team is known only together with its organization.
pub(super) fn team(typed: &str) -> Result<String> {
    let text = words("--github-team", typed)?.to_lowercase();
    match text.split_once('/') {
        Some((org, team)) if !org.is_empty() && !team.is_empty() => Ok(text),
        _ => Err(Error::usage(format!("`{typed}` names no team"))
            .hint("a team is written with its organization, such as `openclaw/core`")),
    }
}

pub(super) async fn run(ctx: &Ctx, args: Put) -> Result<impl View + use<>> {
    check_id(&args.id)?;
    for id in args.add_policies.iter().chain(&args.remove_policies) {
        check_id(id)?;
    }
    let subject = args.subject.read()?;
    let mut edit = RuleEdit {
        groups: changed_groups(&args.add_groups, &args.remove_groups),
        policies: SetEdit {
            only: None,
            add: args.add_policies.iter().cloned().collect(),
            remove: args.remove_policies.iter().cloned().collect(),
        },
        priority: args.priority,
        revoke_on_loss: either(args.revoke_on_loss, args.keep_on_loss),
        provenance: args
            .provenance
            .as_deref()
            .map(|text| words("--provenance", text))
            .transpose()?,
        enabled: args.disabled.then_some(false),
        ..RuleEdit::default()
    };
    let client = ctx.client()?;
    let console = args.lock_out.console();
    let planned = match client.one::<Rule>(&args.id).await {
        Ok(_) => {
            if let Some((kind, subject)) = subject {
                edit.kind = Some(kind);
                edit.subject = Some(subject);
            }
            client.plan_put::<Rule>(&args.id, &edit, IfMissing::Fail, console).await?
        }
        Err(client::Error::Missing { .. }) => {
            let Some((kind, subject)) = subject else {
                return Err(Error::usage(format!(
                    "rule `{}` does not exist yet, so say whom it matches",
                    args.id
                ))
                .hint("`--email`, `--domain`, `--github-org` or `--github-team`"));
            };
            let rule = edit.apply(&Rule::with_defaults(&args.id, kind, &subject));
            client.plan_new_with(rule, console).await?
        }
        Err(e) => return Err(e.into()),
    };
    let changed = carry_out(ctx, client, planned).await?;
    if !changed.now.enabled && !args.disabled {
        ctx.ui.hint("the rule is switched off, and stays so; `clawctl rule enable` ends that");
    }
    Ok(changed)
}
