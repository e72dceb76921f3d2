//! Assignment rules: who gets which groups and policies by an address, a domain, or a membership.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::binding::PRIORITY_DEFAULT;
use super::word::word;

word! {
    /// What a rule looks at.
    RuleKind {
        /// The whole address.
        ExactEmail = "exact_email",
        /// What stands behind the `@`.
        EmailDomain = "email_domain",
        /// Membership in a GitHub organization, of which there has to be evidence.
        GithubOrg = "github_org",
        /// Membership in a GitHub team, written `organization/team`.
        GithubTeam = "github_team",
    }
}

/// Where a router believes rules to come from, if they do not say.
pub const PROVENANCE_DEFAULT: &str = "cloudflare_access";

/// What the groups begin with that rules make for themselves.
pub const GENERATED_PREFIX: &str = "assignment.";

/// The group that carries the policies of a rule to those whom it matches.
pub fn generated_group(rule_id: &str) -> String {
    format!("{GENERATED_PREFIX}{rule_id}")
}

/// A rule as the admin API returns it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    pub rule_id: String,
    #[serde(default)]
    pub version: u64,
    pub enabled: bool,
    pub kind: RuleKind,
    /// In lower case.
    pub subject: String,
    /// In lower case and sorted, without the generated one.
    #[serde(default)]
    pub groups: Vec<String>,
    #[serde(default)]
    pub policy_ids: Vec<String>,
    pub priority: u64,
    /// Whether who no longer matches loses what the rule gave.
    pub revoke_on_loss: bool,
    pub provenance: String,
    #[serde(default)]
    pub created_at: String,
    #[serde(default)]
    pub updated_at: String,
    #[serde(default)]
    pub generated_group: String,
    /// Members that this version does not know. An edit sends them back as they came.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Rule {
    /// A rule as a router makes one of a subject alone.
    pub fn with_defaults(rule_id: &str, kind: RuleKind, subject: &str) -> Self {
        Self {
            rule_id: rule_id.to_owned(),
            version: 1,
            enabled: true,
            kind,
            subject: subject.trim().to_lowercase(),
            groups: Vec::new(),
            policy_ids: Vec::new(),
            priority: PRIORITY_DEFAULT,
            revoke_on_loss: true,
            provenance: PROVENANCE_DEFAULT.to_owned(),
            created_at: String::new(),
            updated_at: String::new(),
            generated_group: generated_group(rule_id),
            unknown: Map::new(),
        }
    }

    /// Whether the rule matches an address by itself. Of what has to be proved, nothing is known.
    pub fn matches_email(&self, email: &str) -> bool {
        match self.kind {
            RuleKind::ExactEmail => email == self.subject,
            // A router takes what stands between the first two `@`, and an address has one.
            RuleKind::EmailDomain => {
                email.split_once('@').is_some_and(|(_, domain)| domain == self.subject)
            }
            _ => false,
        }
    }

    /// The body of a PUT that leaves nothing to the router's defaults. Left out, groups and
    /// policies would be emptied, and a disabled rule enabled.
    pub fn put_body(&self) -> Value {
        let mut body = self.unknown.clone();
        body.insert("enabled".into(), self.enabled.into());
        body.insert("kind".into(), self.kind.as_str().into());
        body.insert("subject".into(), self.subject.as_str().into());
        body.insert("groups".into(), serde_json::json!(self.groups));
        body.insert("policyIds".into(), serde_json::json!(self.policy_ids));
        body.insert("priority".into(), self.priority.into());
        body.insert("revokeOnLoss".into(), self.revoke_on_loss.into());
        body.insert("provenance".into(), self.provenance.as_str().into());
        Value::Object(body)
    }
}

/// `GET /v1/admin/assignment-rules`, by priority and then by id.
#[derive(Debug, Serialize, Deserialize)]
pub struct RuleList {
    pub rules: Vec<Rule>,
}

/// Memberships that somebody has proved.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GithubEvidence {
    pub orgs: Vec<String>,
    /// Written `organization/team`.
    pub teams: Vec<String>,
}

/// Whose groups are worked out anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reconcile {
    All,
    One {
        email: String,
        /// Without any, what was once given for a membership stays.
        evidence: Option<GithubEvidence>,
    },
}

impl Reconcile {
    /// `POST /v1/admin/assignment-rules/reconcile`
    pub fn body(&self) -> Value {
        let Self::One { email, evidence } = self else { return serde_json::json!({"all": true}) };
        let mut body = serde_json::json!({ "email": email });
        if let Some(GithubEvidence { orgs, teams }) = evidence {
            body["evidence"] = serde_json::json!({
                "source": "github",
                "verified": true,
                "githubOrgs": orgs,
                "githubTeams": teams,
            });
        }
        body
    }
}

/// What the rules mean for one user.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reconciled {
    pub email: String,
    #[serde(default)]
    pub matched_rule_ids: Vec<String>,
    /// Rules that no longer match, or of which it is unknown, whose groups were kept.
    #[serde(default)]
    pub retained_rule_ids: Vec<String>,
    /// All groups of the user, also those that no rule gave.
    #[serde(default)]
    pub groups: Vec<String>,
    /// Members that this version does not know.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// The answer to a reconciliation. An unknown address is not an error, and not in it.
#[derive(Debug, Serialize, Deserialize)]
pub struct ReconciledList {
    pub results: Vec<Reconciled>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_put_says_everything_and_sends_back_what_it_does_not_know() {
        let mut rule = Rule::with_defaults("eng", RuleKind::EmailDomain, " Example.com ");
        rule.unknown.insert("note".into(), "x".into());
        let body = rule.put_body();
        let names: Vec<_> = body.as_object().unwrap().keys().map(String::as_str).collect();
        let all = [
            "enabled",
            "groups",
            "kind",
            "note",
            "policyIds",
            "priority",
            "provenance",
            "revokeOnLoss",
            "subject",
        ];
        assert_eq!(names, all);
        assert_eq!(
            (&body["subject"], &body["groups"]),
            (&"example.com".into(), &serde_json::json!([]))
        );
    }

    #[test]
    fn an_address_alone_matches_by_itself_or_by_its_domain() {
        let check = |kind, subject: &str, expected| {
            let rule = Rule::with_defaults("r", kind, subject);
            assert_eq!(rule.matches_email("admin@local"), expected, "{subject}");
        };
        check(RuleKind::ExactEmail, "Admin@Local", true);
        check(RuleKind::ExactEmail, "local", false);
        check(RuleKind::EmailDomain, "local", true);
        check(RuleKind::EmailDomain, "cal", false);
        check(RuleKind::GithubOrg, "local", false);
    }

    #[test]
    fn evidence_is_said_to_be_verified_and_goes_with_one_address() {
        assert_eq!(Reconcile::All.body(), serde_json::json!({"all": true}));
        let bare = Reconcile::One { email: "a@b".into(), evidence: None };
        assert_eq!(bare.body(), serde_json::json!({"email": "a@b"}));
        let evidence = GithubEvidence { orgs: vec!["acme".into()], teams: vec![] };
        let proved = Reconcile::One { email: "a@b".into(), evidence: Some(evidence) };
        let expected = serde_json::json!({"source": "github", "verified": true,
            "githubOrgs": ["acme"], "githubTeams": []});
        assert_eq!(proved.body()["evidence"], expected);
    }
}
