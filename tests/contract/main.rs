//! The contract, as any router that speaks it has to keep it.
//!
//! Every check runs three times: on the embedded router in this process, on one behind a socket,
//! and, with `-- --ignored`, on the router that `CLAWCTL_TEST_URL` and `CLAWCTL_TEST_TOKEN` name. It makes
//! only what it names uniquely, and leaves that switched off.
//!
//! Where routers may differ is written in one place: [`differences`].

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod admin;
mod basics;
mod differences;
mod edits;
mod grants;
mod keys;
mod people;
mod target;

/// Makes three tests of each check.
macro_rules! on_every_router {
    ($($check:path => $name:ident;)+) => {
        mod in_process {
            $(#[test] fn $name() { $check(&super::target::Target::in_process()); })+
        }
        mod served {
            $(#[test] fn $name() { $check(&super::target::Target::served()); })+
        }
        mod named_router {
            $(#[test]
            #[ignore = "needs a router: set CLAWCTL_TEST_URL and CLAWCTL_TEST_TOKEN, add --ignored"]
            fn $name() { $check(&super::target::Target::named()); })+
        }
    };
}

on_every_router! {
    crate::basics::health_says_what_it_is => health_says_what_it_is;
    crate::basics::request_ids_are_kept_or_made => request_ids_are_kept_or_made;
    crate::basics::attribution_is_checked_on_every_route => attribution_is_checked_on_every_route;
    crate::basics::cors_is_answered_for_the_api => cors_is_answered_for_the_api;
    crate::basics::paths_are_exact => paths_are_exact;
    crate::basics::aliases_lead_to_the_same => aliases_lead_to_the_same;
    crate::basics::bodies_are_limited => bodies_are_limited;
    crate::basics::the_provider_snapshot_has_the_known_models => the_provider_snapshot;
    crate::admin::only_the_admin_token_opens_the_admin_api => only_the_admin_token_opens;
    crate::admin::a_policy_takes_what_it_may_and_no_more => policy_validation;
    crate::admin::a_policy_put_replaces_by_its_own_rules => policy_merge_rules;
    crate::admin::policy_ids_are_plain_words => policy_ids;
    crate::admin::revoking_a_policy_is_idempotent => revoking_a_policy;
    crate::admin::a_connection_put_replaces_by_its_own_rules => connection_merge_rules;
    crate::admin::sums_count_what_is_there => sums_count_what_is_there;
    crate::admin::a_fusion_preview_takes_what_it_may_and_changes_nothing => fusion_preview;
    crate::admin::a_legacy_key_is_a_policy_and_a_credential => legacy_keys;
    crate::keys::a_credential_takes_what_it_may_and_no_more => credential_validation;
    crate::keys::a_credential_put_replaces_by_its_own_rules => credential_merge_rules;
    crate::keys::a_key_is_refused_for_the_right_reason => refusals_of_a_key;
    crate::keys::a_key_is_found_in_any_header => headers_of_a_key;
    crate::keys::discovery_shows_what_the_policy_reaches => discovery;
    crate::keys::a_budget_is_reported_as_it_is => budget_states;
    crate::grants::a_grant_put_merges_by_its_own_rules => grant_merge_rules;
    crate::grants::a_grant_takes_what_it_may_and_no_more => grant_validation;
    crate::grants::a_grants_route_is_told_from_a_wrong_method => grant_routes;
    crate::grants::revoking_a_grant_erases_its_secrets => revoking_a_grant;
    crate::grants::what_cannot_be_renewed_or_asked_says_so => refresh_and_quota_of_a_plain_grant;
    crate::people::a_user_put_keeps_what_it_leaves_out => user_merge_rules;
    crate::people::a_user_takes_what_it_may_and_no_more => user_validation;
    crate::people::a_users_grants_are_what_the_last_write_named => user_grants;
    crate::people::a_binding_put_resets_what_it_leaves_out => binding_merge_rules;
    crate::people::a_rule_put_resets_what_it_leaves_out => rule_merge_rules;
    crate::people::rules_give_and_take_by_what_is_known => rule_reconciliation;
    crate::people::a_reconciliation_takes_what_it_may_and_no_more => reconcile_validation;
    crate::differences::extensions_keep_their_promises => extensions;
}
