# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_clawctl_global_optspecs
    string join \n context= url= o/output= columns= no-header color= q/quiet v/verbose no-input y/yes dry-run timeout= insecure-http h/help V/version
end

function __fish_clawctl_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_clawctl_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_clawctl_using_subcommand
    set -l cmd (__fish_clawctl_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c clawctl -n "__fish_clawctl_needs_command" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_needs_command" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_needs_command" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_needs_command" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_needs_command" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_needs_command" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_needs_command" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_needs_command" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_needs_command" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_needs_command" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_needs_command" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_needs_command" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_needs_command" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_needs_command" -s V -l version -d 'Print version'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "key" -d 'Issue, list, inspect, rotate and revoke keys'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "policy" -d 'Say what keys may reach and spend'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "budget" -d 'Set and watch monthly budgets'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "provider" -d 'Look at providers, switch them, budget them'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "grant" -d 'Give policies and tenants upstream secrets of their own'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "catalog" -d 'See the models that a policy or a key can really use'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "usage" -d 'See who spent what'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "fusion" -d 'Let one model answer with the proposals of several'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "content" -d 'Look at what was kept of a request'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "user" -d 'Look after the people who sign in to the router\'s console'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "binding" -d 'Say which policies people and groups hold in the console'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "rule" -d 'Give groups and policies by address, domain or membership'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "tenant" -d 'See tenants'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "connect" -d 'Connect clients to the router, and check that they work'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "env" -d 'Print assignments that point the usual variables at the router, for `eval`'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "leak" -d 'Find keys where they should not be'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "verify" -d 'Prove that a router enforces what it was told'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "why" -d 'Say what the router would do with a request, and why'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "context" -d 'Choose which router is administered'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "router" -d 'Serve, back up and look after the embedded router'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "apply" -d 'Change the router so that it is as a manifest wants it'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "diff" -d 'Show what a manifest would change on the router, by its effect'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "export" -d 'Write the state of the router as a manifest'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "import" -d 'Turn another gateway\'s exported keys and budgets into a manifest'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "validate" -d 'Check manifests without asking a router'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "schema" -d 'Print the JSON Schema of manifests, for editors'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "log" -d 'Show what was changed from here'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "undo" -d 'Take back one change that was made from here'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "status" -d 'Say which router is in force, and where each setting came from'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "doctor" -d 'Look for what is wrong, and say what to do'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "api" -d 'Make any call to the router'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "completions" -d 'Print completions for a shell'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "man" -d 'Write the manual pages into a folder'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move reap exec" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move reap exec" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move reap exec" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move reap exec" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move reap exec" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move reap exec" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move reap exec" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move reap exec" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move reap exec" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move reap exec" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move reap exec" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move reap exec" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move reap exec" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move reap exec" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move reap exec" -f -a "issue" -d 'Issue a key; it is shown once'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move reap exec" -f -a "list" -d 'List keys'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move reap exec" -f -a "show" -d 'Show one key and what it may reach'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move reap exec" -f -a "inspect" -d 'Say what is wrong with a key, or what it may do'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move reap exec" -f -a "rotate" -d 'Give a key a new secret, or a successor'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move reap exec" -f -a "revoke" -d 'Revoke keys; they stop working at once'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move reap exec" -f -a "enable" -d 'Make a revoked key work again'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move reap exec" -f -a "move" -d 'Put a key under another policy'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move reap exec" -f -a "reap" -d 'Revoke keys whose time is over'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move reap exec" -f -a "exec" -d 'Run a command with a key that lives no longer than it does'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l policy -d 'Existing policy to bind the key to' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l principal -d 'Person or service that the key belongs to, as an e-mail address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l label -d 'Note that the router keeps with the key' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l expires -d 'When the key ends: `90d`, `2027-01-31`' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l provider -d 'Provider that may be reached; repeat it for more' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l model -d 'Model that may be used, `*` for any run of characters; repeat it for more' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l budget -d 'Budget per UTC month, such as `$50`; zero blocks' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l request-cost -d 'Fixed price of every request, instead of the models\' prices' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l tenant -d 'Tenant that the policy belongs to' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l role -d 'Role that the router notes with the policy; a label, nothing is enforced by it' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l to -d 'Where the key is delivered; repeat it for more' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l test -d 'Mark the key as one for tests (`clawrouter-test-…`); the router treats both alike'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l resume -d 'Finish what a crash or a lost answer cut off'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l all-providers -d 'Every provider may be reached, also those added later'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l allow-unknown-model -d 'Accept a model pattern that matches no known model'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l no-budget -d 'No limit on what is spent'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l per-principal -d 'Each principal has the budget for itself'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l retention -d 'Let the router keep request contents for this policy'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l no-retention -d 'Do not let the router keep request contents for this policy'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l force -d 'Replace what the destination already holds'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from list" -l policy -d 'Only keys under this policy; `*` stands for any run of characters' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from list" -l principal -d 'Only keys of this principal' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from list" -l state -d 'Only keys in this state' -r -f -a "active\t'They work'
revoked\t'They were revoked'
inactive\t'They do not work for another reason'"
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from list" -l unused -d 'Only keys that were not used for so long, and are at least that old' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from list" -l expiring -d 'Only keys that are enabled and end within so long, or ended already' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from list" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from list" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from list" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from list" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from list" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from list" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from list" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from show" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from show" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from show" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from show" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from show" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from show" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from show" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from inspect" -l key-file -d 'Read the key from a file' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from inspect" -l key-env -d 'Read the key from the environment variable of this name' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from inspect" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from inspect" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from inspect" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from inspect" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from inspect" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from inspect" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from inspect" -l key-stdin -d 'Read the key from standard input'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from inspect" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from inspect" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from inspect" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from inspect" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from inspect" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from inspect" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from inspect" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from inspect" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l if-idle -d 'Retire only what was not used for this long, while its successor was: `30m`' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l within -d 'Give up waiting after this long' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l interval -d 'How often to ask' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l expires -d 'When the successor ends, if not with the old key: `90d`, `2027-01-31`' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l policy -d 'Only keys under this policy; `*` stands for any run of characters' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l id -d 'Only keys with such an id' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l label -d 'Only keys with such a label' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l older-than -d 'Only keys that have had their secret for longer than this: `90d`' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l concurrency -d 'How many keys are under way at the same time' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l to -d 'Where the key is delivered; repeat it for more' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l key-file -d 'Read the key from a file' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l key-env -d 'Read the key from the environment variable of this name' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l test -d 'Mark the new key as one for tests'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l resume -d 'Finish what a crash or a lost answer cut off'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l overlap -d 'Issue a successor, and leave the old key valid'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l finish -d 'Retire the keys that have a successor'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l until-proven -d 'Issue a successor, and retire the old key when nobody uses it any more'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l force -d 'Replace what the destination already holds; with `--finish`, retire a key still in use'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l reset-counter -d 'Let the successor begin with an untouched budget of its own'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l all -d 'Rotate every key that works and that the filters leave'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l forget -d 'Give up what an earlier run has left, where nothing is half way'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l key-stdin -d 'Read the key from standard input'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from revoke" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from revoke" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from revoke" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from revoke" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from revoke" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from revoke" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from revoke" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from revoke" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from revoke" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from revoke" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from revoke" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from revoke" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from revoke" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from enable" -l key-file -d 'Read the key from a file' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from enable" -l key-env -d 'Read the key from the environment variable of this name' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from enable" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from enable" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from enable" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from enable" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from enable" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from enable" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from enable" -l key-stdin -d 'Read the key from standard input'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from enable" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from enable" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from enable" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from enable" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from enable" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from enable" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from enable" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from enable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from move" -l policy -d 'Policy to put it under' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from move" -l key-file -d 'Read the key from a file' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from move" -l key-env -d 'Read the key from the environment variable of this name' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from move" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from move" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from move" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from move" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from move" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from move" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from move" -l key-stdin -d 'Read the key from standard input'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from move" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from move" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from move" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from move" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from move" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from move" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from move" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from move" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from reap" -l after -d 'How long the successor has been there at least' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from reap" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from reap" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from reap" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from reap" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from reap" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from reap" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from reap" -l expired -d 'Keys that the router no longer accepts because they expired'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from reap" -l superseded -d 'Keys that have a successor that works'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from reap" -l leases -d 'Leases of `key exec` that are over, and their policies'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from reap" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from reap" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from reap" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from reap" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from reap" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from reap" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from reap" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from reap" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from exec" -l policy -d 'Existing policy to bind the key to' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from exec" -l ttl -d 'How long the key lives at most' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from exec" -l principal -d 'Person or service that the key belongs to, as an e-mail address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from exec" -l set -d 'Variable of the command\'s environment; `{key}` and `{url}` are filled in' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from exec" -l provider -d 'Provider that may be reached; repeat it for more' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from exec" -l model -d 'Model that may be used, `*` for any run of characters; repeat it for more' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from exec" -l budget -d 'Budget per UTC month, such as `$50`; zero blocks' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from exec" -l request-cost -d 'Fixed price of every request, instead of the models\' prices' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from exec" -l tenant -d 'Tenant that the policy belongs to' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from exec" -l role -d 'Role that the router notes with the policy; a label, nothing is enforced by it' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from exec" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from exec" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from exec" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from exec" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from exec" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from exec" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from exec" -l reset-counter -d 'Let the key begin with an untouched budget of its own'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from exec" -l all-providers -d 'Every provider may be reached, also those added later'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from exec" -l allow-unknown-model -d 'Accept a model pattern that matches no known model'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from exec" -l no-budget -d 'No limit on what is spent'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from exec" -l per-principal -d 'Each principal has the budget for itself'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from exec" -l retention -d 'Let the router keep request contents for this policy'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from exec" -l no-retention -d 'Do not let the router keep request contents for this policy'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from exec" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from exec" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from exec" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from exec" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from exec" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from exec" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from exec" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from exec" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and not __fish_seen_subcommand_from create list show set scope copy enable disable" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and not __fish_seen_subcommand_from create list show set scope copy enable disable" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and not __fish_seen_subcommand_from create list show set scope copy enable disable" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and not __fish_seen_subcommand_from create list show set scope copy enable disable" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and not __fish_seen_subcommand_from create list show set scope copy enable disable" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and not __fish_seen_subcommand_from create list show set scope copy enable disable" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and not __fish_seen_subcommand_from create list show set scope copy enable disable" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and not __fish_seen_subcommand_from create list show set scope copy enable disable" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and not __fish_seen_subcommand_from create list show set scope copy enable disable" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and not __fish_seen_subcommand_from create list show set scope copy enable disable" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and not __fish_seen_subcommand_from create list show set scope copy enable disable" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and not __fish_seen_subcommand_from create list show set scope copy enable disable" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and not __fish_seen_subcommand_from create list show set scope copy enable disable" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and not __fish_seen_subcommand_from create list show set scope copy enable disable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and not __fish_seen_subcommand_from create list show set scope copy enable disable" -f -a "create" -d 'Create a policy'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and not __fish_seen_subcommand_from create list show set scope copy enable disable" -f -a "list" -d 'List policies'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and not __fish_seen_subcommand_from create list show set scope copy enable disable" -f -a "show" -d 'Show one policy'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and not __fish_seen_subcommand_from create list show set scope copy enable disable" -f -a "set" -d 'Change what is named, and nothing else'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and not __fish_seen_subcommand_from create list show set scope copy enable disable" -f -a "scope" -d 'Change which providers and models a policy reaches'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and not __fish_seen_subcommand_from create list show set scope copy enable disable" -f -a "copy" -d 'Create a policy like another one'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and not __fish_seen_subcommand_from create list show set scope copy enable disable" -f -a "enable" -d 'Switch a policy on again'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and not __fish_seen_subcommand_from create list show set scope copy enable disable" -f -a "disable" -d 'Switch a policy off; its keys stop working at once'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from create" -l provider -d 'Provider that may be reached; repeat it for more' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from create" -l model -d 'Model that may be used, `*` for any run of characters; repeat it for more' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from create" -l budget -d 'Budget per UTC month, such as `$50`; zero blocks' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from create" -l request-cost -d 'Fixed price of every request, instead of the models\' prices' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from create" -l tenant -d 'Tenant that the policy belongs to' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from create" -l role -d 'Role that the router notes with the policy; a label, nothing is enforced by it' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from create" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from create" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from create" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from create" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from create" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from create" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from create" -l disabled -d 'Create it switched off'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from create" -l all-providers -d 'Every provider may be reached, also those added later'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from create" -l allow-unknown-model -d 'Accept a model pattern that matches no known model'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from create" -l no-budget -d 'No limit on what is spent'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from create" -l per-principal -d 'Each principal has the budget for itself'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from create" -l retention -d 'Let the router keep request contents for this policy'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from create" -l no-retention -d 'Do not let the router keep request contents for this policy'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from create" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from create" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from create" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from list" -l tenant -d 'Only those of this tenant' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from list" -l provider -d 'Only those that reach this provider' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from list" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from list" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from list" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from list" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from list" -l enabled -d 'Only those that are switched on'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from list" -l disabled -d 'Only those that are switched off'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from list" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from list" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from list" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from show" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from show" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from show" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from show" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from show" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from show" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from show" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l budget -d 'Budget per UTC month, such as `$50`; zero blocks' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l budget-scope -d 'Who shares the budget; a change starts the counter of the month again' -r -f -a "policy\t''
principal\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l request-cost -d 'Fixed price of every request' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l tenant -d 'Tenant that the policy belongs to; a change starts the counter of the month again' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l role -d 'Role that the router notes with the policy' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l grant-strategy -d 'Which of the grants that can be used is taken' -r -f -a "priority\t''
round_robin\t''
least_used\t''
most_remaining\t''
weighted_random\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l grant-stickiness -d 'Who stays with the grant that was taken first' -r -f -a "none\t''
identity\t''
session\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l grant-stale -d 'Whether a grant may be used of whose limits nothing recent is known' -r -f -a "allow\t''
deny\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l grant-stale-after -d 'After how many seconds what is known of limits is no longer recent, from 30 to 86400' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l eligible-grant -d 'Let a grant be used; of a provider for which one is named, no other is' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l remove-eligible-grant -d 'Do not let a grant be used that was named' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l any-grant-of -d 'Let every grant of a provider be used again' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l no-budget -d 'No limit on what is spent'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l no-request-cost -d 'Requests cost what their model costs'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l environment-fallback -d 'Use the operator\'s own key where there are grants and none of them can be used'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l no-environment-fallback -d 'Refuse requests where there are grants and none of them can be used'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l retention -d 'Let the router keep request contents for thirty days'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l no-retention -d 'Do not let the router keep request contents'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l grant-failover -d 'Try once more with another grant where a provider turns one down'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l no-grant-failover -d 'Pass on what a provider says of the first grant'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l default-grant-routing -d 'Choose as a new policy does, but for what else is named'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from scope" -l add-provider -d 'Provider to add' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from scope" -l remove-provider -d 'Provider to take away' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from scope" -l add-model -d 'Model or pattern to add to the allow list' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from scope" -l remove-model -d 'Model or pattern to take from the allow list' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from scope" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from scope" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from scope" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from scope" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from scope" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from scope" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from scope" -l all-providers -d 'Every provider, also those added later'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from scope" -l allow-unknown-model -d 'Accept a model pattern that matches no known model'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from scope" -l all-models -d 'Every model of the providers in scope'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from scope" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from scope" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from scope" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from scope" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from scope" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from scope" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from scope" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from scope" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from copy" -l budget -d 'A budget of its own' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from copy" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from copy" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from copy" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from copy" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from copy" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from copy" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from copy" -l no-budget -d 'No limit on what the copy spends'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from copy" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from copy" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from copy" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from copy" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from copy" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from copy" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from copy" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from copy" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from enable" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from enable" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from enable" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from enable" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from enable" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from enable" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from enable" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from enable" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from enable" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from enable" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from enable" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from enable" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from enable" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from enable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from disable" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from disable" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from disable" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from disable" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from disable" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from disable" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from disable" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from disable" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from disable" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from disable" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from disable" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from disable" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from disable" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from disable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and not __fish_seen_subcommand_from list set clear check" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and not __fish_seen_subcommand_from list set clear check" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and not __fish_seen_subcommand_from list set clear check" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and not __fish_seen_subcommand_from list set clear check" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and not __fish_seen_subcommand_from list set clear check" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and not __fish_seen_subcommand_from list set clear check" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and not __fish_seen_subcommand_from list set clear check" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and not __fish_seen_subcommand_from list set clear check" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and not __fish_seen_subcommand_from list set clear check" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and not __fish_seen_subcommand_from list set clear check" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and not __fish_seen_subcommand_from list set clear check" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and not __fish_seen_subcommand_from list set clear check" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and not __fish_seen_subcommand_from list set clear check" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and not __fish_seen_subcommand_from list set clear check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and not __fish_seen_subcommand_from list set clear check" -f -a "list" -d 'List budgets with what is spent and left'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and not __fish_seen_subcommand_from list set clear check" -f -a "set" -d 'Set the monthly budget of a policy or a provider'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and not __fish_seen_subcommand_from list set clear check" -f -a "clear" -d 'Take the monthly budget of a policy or a provider away'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and not __fish_seen_subcommand_from list set clear check" -f -a "check" -d 'Check budgets, and say the worst in the exit code'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from list" -l policy -d 'Only policies whose id matches, `*` for any run of characters' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from list" -l provider -d 'Only this provider; repeat it for more' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from list" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from list" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from list" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from list" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from list" -l exhausted -d 'Only budgets that refuse requests now: used up, or zero'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from list" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from list" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from list" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from set" -l provider -d 'Provider whose budget is meant, instead of a policy\'s' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from set" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from set" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from set" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from set" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from set" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from set" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from set" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from set" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from set" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from set" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from set" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from clear" -l provider -d 'Provider whose budget is meant, instead of a policy\'s' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from clear" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from clear" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from clear" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from clear" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from clear" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from clear" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from clear" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from clear" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from clear" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from clear" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from clear" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from clear" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from clear" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from clear" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from check" -l policy -d 'Policy to check; repeat it for more' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from check" -l provider -d 'Provider to check; repeat it for more' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from check" -l warn -d 'Warn from this much spent on' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from check" -l need -d 'What has to be left, such as `$5`' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from check" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from check" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from check" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from check" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from check" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from check" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from check" -l fail-open -d 'Pass where the ledger is unavailable'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from check" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from check" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from check" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from check" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from check" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand budget; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show check set enable disable" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show check set enable disable" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show check set enable disable" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show check set enable disable" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show check set enable disable" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show check set enable disable" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show check set enable disable" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show check set enable disable" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show check set enable disable" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show check set enable disable" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show check set enable disable" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show check set enable disable" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show check set enable disable" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show check set enable disable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show check set enable disable" -f -a "list" -d 'List providers, with whether they can be called'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show check set enable disable" -f -a "show" -d 'Show one provider with its endpoints, models and prices'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show check set enable disable" -f -a "check" -d 'Ask providers whether they answer, with the smallest request that there is'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show check set enable disable" -f -a "set" -d 'Change the label or the budget of a provider, and nothing else'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show check set enable disable" -f -a "enable" -d 'Switch a provider on'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show check set enable disable" -f -a "disable" -d 'Switch a provider off; every request to it is refused at once, under any policy'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from list" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from list" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from list" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from list" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from list" -l ready -d 'Only those that can be called'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from list" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from list" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from list" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from show" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from show" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from show" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from show" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from show" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from show" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from show" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from check" -l model -d 'Model to ask instead of the cheapest one' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from check" -l key-file -d 'Read the key from a file' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from check" -l key-env -d 'Read the key from the environment variable of this name' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from check" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from check" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from check" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from check" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from check" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from check" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from check" -l key-stdin -d 'Read the key from standard input'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from check" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from check" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from check" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from check" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from check" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from set" -l label -d 'A label to know it by' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from set" -l budget -d 'Budget per UTC month, such as `$50`; zero blocks' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from set" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from set" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from set" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from set" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from set" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from set" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from set" -l no-label -d 'No label'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from set" -l no-budget -d 'No limit on what is spent'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from set" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from set" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from set" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from set" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from set" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from enable" -l label -d 'A label to know it by' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from enable" -l budget -d 'Budget per UTC month, such as `$50`; zero blocks' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from enable" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from enable" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from enable" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from enable" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from enable" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from enable" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from enable" -l no-label -d 'No label'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from enable" -l no-budget -d 'No limit on what is spent'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from enable" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from enable" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from enable" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from enable" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from enable" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from enable" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from enable" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from enable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from disable" -l label -d 'A label to know it by' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from disable" -l budget -d 'Budget per UTC month, such as `$50`; zero blocks' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from disable" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from disable" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from disable" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from disable" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from disable" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from disable" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from disable" -l no-label -d 'No label'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from disable" -l no-budget -d 'No limit on what is spent'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from disable" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from disable" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from disable" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from disable" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from disable" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from disable" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from disable" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from disable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and not __fish_seen_subcommand_from list show put set revoke refresh quota authorize" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and not __fish_seen_subcommand_from list show put set revoke refresh quota authorize" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and not __fish_seen_subcommand_from list show put set revoke refresh quota authorize" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and not __fish_seen_subcommand_from list show put set revoke refresh quota authorize" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and not __fish_seen_subcommand_from list show put set revoke refresh quota authorize" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and not __fish_seen_subcommand_from list show put set revoke refresh quota authorize" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and not __fish_seen_subcommand_from list show put set revoke refresh quota authorize" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and not __fish_seen_subcommand_from list show put set revoke refresh quota authorize" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and not __fish_seen_subcommand_from list show put set revoke refresh quota authorize" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and not __fish_seen_subcommand_from list show put set revoke refresh quota authorize" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and not __fish_seen_subcommand_from list show put set revoke refresh quota authorize" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and not __fish_seen_subcommand_from list show put set revoke refresh quota authorize" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and not __fish_seen_subcommand_from list show put set revoke refresh quota authorize" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and not __fish_seen_subcommand_from list show put set revoke refresh quota authorize" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and not __fish_seen_subcommand_from list show put set revoke refresh quota authorize" -f -a "list" -d 'List grants, with what is left of their limits'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and not __fish_seen_subcommand_from list show put set revoke refresh quota authorize" -f -a "show" -d 'Show one grant, with what was last seen of its limits'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and not __fish_seen_subcommand_from list show put set revoke refresh quota authorize" -f -a "put" -d 'Give a policy or a tenant an upstream secret, or a grant another secret'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and not __fish_seen_subcommand_from list show put set revoke refresh quota authorize" -f -a "set" -d 'Change what is named of a grant, and nothing else; its secrets stay'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and not __fish_seen_subcommand_from list show put set revoke refresh quota authorize" -f -a "revoke" -d 'Erase the secrets of a grant; nothing is sent with it any more'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and not __fish_seen_subcommand_from list show put set revoke refresh quota authorize" -f -a "refresh" -d 'Have the access token of a grant renewed now'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and not __fish_seen_subcommand_from list show put set revoke refresh quota authorize" -f -a "quota" -d 'Ask the provider how much of a grant\'s limits is left'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and not __fish_seen_subcommand_from list show put set revoke refresh quota authorize" -f -a "authorize" -d 'Print where to sign in at a provider for a new grant, on a router that can do that'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from list" -l policy -d 'Only grants of this policy; `*` stands for any run of characters' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from list" -l tenant -d 'Only grants of this tenant' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from list" -l provider -d 'Only grants for this provider' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from list" -l state -d 'Only grants in this state' -r -f -a "usable\t'Requests are sent with them'
resting\t'They rest, because their provider refused them'
unusable\t'They were switched off or revoked, or their time is over'"
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from list" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from list" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from list" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from list" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from list" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from list" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from list" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from show" -l policy -d 'Policy that holds it, where the name says nothing of that' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from show" -l tenant -d 'Tenant that holds it, where the name says nothing of that' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from show" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from show" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from show" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from show" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from show" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from show" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from show" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l policy -d 'Policy that holds it, where the name says nothing of that' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l tenant -d 'Tenant that holds it, where the name says nothing of that' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l provider -d 'Provider that it is for; a new grant needs one' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l kind -d 'What sort of secret it is: `api-key`, `bearer`, `oauth`' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l label -d 'A label to know it by' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l priority -d 'Grants with the lowest number are used before all others: 0 to 1000000, else 100' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l weight -d 'Share of requests that it takes, where its policy chooses by weight; else 1' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l expires -d 'When its access token ends: `1h`, `2027-01-31T12:00:00Z`' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l token-scope -d 'Scope that its access token has; repeat it for more' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l token-type -d 'Word before its access token in a header; else `Bearer`' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l account -d 'Account at the provider that it belongs to' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l token-url -d 'Where its access token is renewed; the refresh token is sent there' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l client-id -d 'Id of the OAuth client that it was given to' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l client-id-config -d 'Name of the router\'s setting that holds the client\'s id' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l client-secret-config -d 'Name of the router\'s setting that holds the client\'s secret' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l refresh-param -d 'Something else to send along that is no secret, such as `audience=api`; repeat it for more' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l credential-file -d 'Read the API key or the fixed bearer token from a file' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l credential-env -d 'Read the API key or the fixed bearer token from the environment variable of this name' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l access-token-file -d 'Read the OAuth access token from a file' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l access-token-env -d 'Read the OAuth access token from the environment variable of this name' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l refresh-token-file -d 'Read the OAuth refresh token from a file' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l refresh-token-env -d 'Read the OAuth refresh token from the environment variable of this name' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l field -d 'Ask for one secret of a bundle, such as `accessKeyId`; repeat it for more' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l field-stdin -d 'Read one secret of a bundle from standard input' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l field-file -d 'Read one secret of a bundle from a file: `accessKeyId=PATH`; repeat it for more' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l field-env -d 'Read one secret of a bundle from an environment variable: `accessKeyId=NAME`; repeat it' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l no-label -d 'No label'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l no-expires -d 'Its access token does not end'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l no-account -d 'No account'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l no-refresh -d 'Nothing says where its access token is renewed'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l credential-stdin -d 'Read the API key or the fixed bearer token from standard input'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l access-token-stdin -d 'Read the OAuth access token from standard input'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l refresh-token-stdin -d 'Read the OAuth refresh token from standard input'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from put" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from set" -l policy -d 'Policy that holds it, where the name says nothing of that' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from set" -l tenant -d 'Tenant that holds it, where the name says nothing of that' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from set" -l kind -d 'What sort of secret it is: `api-key`, `bearer`, `oauth`' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from set" -l label -d 'A label to know it by' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from set" -l priority -d 'Grants with the lowest number are used before all others: 0 to 1000000, else 100' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from set" -l weight -d 'Share of requests that it takes, where its policy chooses by weight; else 1' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from set" -l expires -d 'When its access token ends: `1h`, `2027-01-31T12:00:00Z`' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from set" -l token-scope -d 'Scope that its access token has; repeat it for more' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from set" -l token-type -d 'Word before its access token in a header; else `Bearer`' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from set" -l account -d 'Account at the provider that it belongs to' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from set" -l token-url -d 'Where its access token is renewed; the refresh token is sent there' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from set" -l client-id -d 'Id of the OAuth client that it was given to' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from set" -l client-id-config -d 'Name of the router\'s setting that holds the client\'s id' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from set" -l client-secret-config -d 'Name of the router\'s setting that holds the client\'s secret' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from set" -l refresh-param -d 'Something else to send along that is no secret, such as `audience=api`; repeat it for more' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from set" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from set" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from set" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from set" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from set" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from set" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from set" -l enable -d 'Send requests with it again'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from set" -l disable -d 'Send no requests with it, and keep its secrets'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from set" -l no-label -d 'No label'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from set" -l no-expires -d 'Its access token does not end'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from set" -l no-account -d 'No account'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from set" -l no-refresh -d 'Nothing says where its access token is renewed'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from set" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from set" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from set" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from set" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from set" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from revoke" -l policy -d 'Policy that holds it, where the name says nothing of that' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from revoke" -l tenant -d 'Tenant that holds it, where the name says nothing of that' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from revoke" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from revoke" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from revoke" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from revoke" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from revoke" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from revoke" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from revoke" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from revoke" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from revoke" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from revoke" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from revoke" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from revoke" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from revoke" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from refresh" -l policy -d 'Policy that holds it, where the name says nothing of that' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from refresh" -l tenant -d 'Tenant that holds it, where the name says nothing of that' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from refresh" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from refresh" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from refresh" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from refresh" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from refresh" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from refresh" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from refresh" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from refresh" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from refresh" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from refresh" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from refresh" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from refresh" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from refresh" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from refresh" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from quota" -l policy -d 'Policy that holds it, where the name says nothing of that' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from quota" -l tenant -d 'Tenant that holds it, where the name says nothing of that' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from quota" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from quota" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from quota" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from quota" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from quota" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from quota" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from quota" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from quota" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from quota" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from quota" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from quota" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from quota" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from quota" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from quota" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from authorize" -l policy -d 'Policy that holds it, where the name says nothing of that' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from authorize" -l tenant -d 'Tenant that holds it, where the name says nothing of that' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from authorize" -l provider -d 'Provider to sign in at' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from authorize" -l priority -d 'Grants with the lowest number are used before all others: 0 to 1000000, else 100' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from authorize" -l weight -d 'Share of requests that it takes, where its policy chooses by weight; else 1' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from authorize" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from authorize" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from authorize" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from authorize" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from authorize" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from authorize" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from authorize" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from authorize" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from authorize" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from authorize" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from authorize" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from authorize" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from authorize" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand grant; and __fish_seen_subcommand_from authorize" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and not __fish_seen_subcommand_from list show" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and not __fish_seen_subcommand_from list show" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and not __fish_seen_subcommand_from list show" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and not __fish_seen_subcommand_from list show" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and not __fish_seen_subcommand_from list show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and not __fish_seen_subcommand_from list show" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and not __fish_seen_subcommand_from list show" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and not __fish_seen_subcommand_from list show" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and not __fish_seen_subcommand_from list show" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and not __fish_seen_subcommand_from list show" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and not __fish_seen_subcommand_from list show" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and not __fish_seen_subcommand_from list show" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and not __fish_seen_subcommand_from list show" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and not __fish_seen_subcommand_from list show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and not __fish_seen_subcommand_from list show" -f -a "list" -d 'List models, with how to reach them, what they cost, and whether they are ready'
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and not __fish_seen_subcommand_from list show" -f -a "show" -d 'Show one model with all of its prices'
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from list" -l policy -d 'As the keys of this policy see it' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from list" -l key-file -d 'Read the key from a file' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from list" -l key-env -d 'Read the key from the environment variable of this name' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from list" -l provider -d 'Only models of this provider; repeat it for more' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from list" -l capability -d 'Only models that can do this, such as `llm.chat`' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from list" -l model -d 'Only models whose id matches, `*` for any run of characters' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from list" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from list" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from list" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from list" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from list" -l key-stdin -d 'Read the key from standard input'
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from list" -l ready -d 'Only models that can be used now'
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from list" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from list" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from list" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from show" -l policy -d 'As the keys of this policy see it' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from show" -l key-file -d 'Read the key from a file' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from show" -l key-env -d 'Read the key from the environment variable of this name' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from show" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from show" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from show" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from show" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from show" -l key-stdin -d 'Read the key from standard input'
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from show" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from show" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from show" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and not __fish_seen_subcommand_from summary by events tail" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and not __fish_seen_subcommand_from summary by events tail" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and not __fish_seen_subcommand_from summary by events tail" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and not __fish_seen_subcommand_from summary by events tail" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and not __fish_seen_subcommand_from summary by events tail" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and not __fish_seen_subcommand_from summary by events tail" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and not __fish_seen_subcommand_from summary by events tail" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and not __fish_seen_subcommand_from summary by events tail" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and not __fish_seen_subcommand_from summary by events tail" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and not __fish_seen_subcommand_from summary by events tail" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and not __fish_seen_subcommand_from summary by events tail" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and not __fish_seen_subcommand_from summary by events tail" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and not __fish_seen_subcommand_from summary by events tail" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and not __fish_seen_subcommand_from summary by events tail" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and not __fish_seen_subcommand_from summary by events tail" -f -a "summary" -d 'Sum up the last thirty days'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and not __fish_seen_subcommand_from summary by events tail" -f -a "by" -d 'Break usage down by one or more dimensions'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and not __fish_seen_subcommand_from summary by events tail" -f -a "events" -d 'List single requests, the newest first'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and not __fish_seen_subcommand_from summary by events tail" -f -a "tail" -d 'Follow requests as they happen'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from summary" -l policy -d 'Only this policy, as far as an admin can see it' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from summary" -l key-file -d 'Read the key from a file' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from summary" -l key-env -d 'Read the key from the environment variable of this name' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from summary" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from summary" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from summary" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from summary" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from summary" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from summary" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from summary" -l by-day -d 'A row for every day'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from summary" -l key-stdin -d 'Read the key from standard input'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from summary" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from summary" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from summary" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from summary" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from summary" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from summary" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from summary" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from summary" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from by" -l top -d 'Only the groups with the most' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from by" -l sort -d 'What the order follows' -r -f -a "cost\t''
requests\t''
errors\t''
tokens\t''
name\t'By the dimensions themselves'"
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from by" -l since -d 'From here on: `7d`, `24h`, `today`, `month`, `2026-11-01` or `2026-11-01T12:00Z`' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from by" -l until -d 'Before this, in the same spellings' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from by" -l policy -d 'Only requests under this policy' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from by" -l key -d 'Only requests with this key' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from by" -l principal -d 'Only requests of this principal' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from by" -l tenant -d 'Only requests under policies of this tenant' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from by" -l provider -d 'Only requests to this provider' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from by" -l model -d 'Only requests to this model' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from by" -l project -d 'Only requests of this project' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from by" -l session -d 'Only requests of this session' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from by" -l agent -d 'Only requests of this agent' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from by" -l client -d 'Only requests of this client program' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from by" -l status -d 'Only requests that ended so' -r -f -a "success\t''
provider_error\t''
client_error\t''
denied\t''
timeout\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from by" -l request -d 'Only requests with this request id' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from by" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from by" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from by" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from by" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from by" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from by" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from by" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from by" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from by" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from by" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from by" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from by" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from by" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from by" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from events" -l limit -d 'At most so many events; 50 on a terminal, else 100' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from events" -l since -d 'From here on: `7d`, `24h`, `today`, `month`, `2026-11-01` or `2026-11-01T12:00Z`' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from events" -l until -d 'Before this, in the same spellings' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from events" -l policy -d 'Only requests under this policy' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from events" -l key -d 'Only requests with this key' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from events" -l principal -d 'Only requests of this principal' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from events" -l tenant -d 'Only requests under policies of this tenant' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from events" -l provider -d 'Only requests to this provider' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from events" -l model -d 'Only requests to this model' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from events" -l project -d 'Only requests of this project' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from events" -l session -d 'Only requests of this session' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from events" -l agent -d 'Only requests of this agent' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from events" -l client -d 'Only requests of this client program' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from events" -l status -d 'Only requests that ended so' -r -f -a "success\t''
provider_error\t''
client_error\t''
denied\t''
timeout\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from events" -l request -d 'Only requests with this request id' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from events" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from events" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from events" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from events" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from events" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from events" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from events" -l all -d 'Every event, however many there are'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from events" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from events" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from events" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from events" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from events" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from events" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from events" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from events" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from tail" -l interval -d 'How often to ask' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from tail" -l since -d 'Begin with events from here on: `1h`, `today`, `2026-11-01T12:00Z`' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from tail" -l limit -d 'End after so many events' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from tail" -l policy -d 'Only requests under this policy' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from tail" -l key -d 'Only requests with this key' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from tail" -l principal -d 'Only requests of this principal' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from tail" -l tenant -d 'Only requests under policies of this tenant' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from tail" -l provider -d 'Only requests to this provider' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from tail" -l model -d 'Only requests to this model' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from tail" -l project -d 'Only requests of this project' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from tail" -l session -d 'Only requests of this session' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from tail" -l agent -d 'Only requests of this agent' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from tail" -l client -d 'Only requests of this client program' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from tail" -l status -d 'Only requests that ended so' -r -f -a "success\t''
provider_error\t''
client_error\t''
denied\t''
timeout\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from tail" -l request -d 'Only requests with this request id' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from tail" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from tail" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from tail" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from tail" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from tail" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from tail" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from tail" -l from-start -d 'Begin with the oldest event that the router shows'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from tail" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from tail" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from tail" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from tail" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from tail" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from tail" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from tail" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand usage; and __fish_seen_subcommand_from tail" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and not __fish_seen_subcommand_from show set preview enable disable" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and not __fish_seen_subcommand_from show set preview enable disable" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and not __fish_seen_subcommand_from show set preview enable disable" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and not __fish_seen_subcommand_from show set preview enable disable" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and not __fish_seen_subcommand_from show set preview enable disable" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and not __fish_seen_subcommand_from show set preview enable disable" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and not __fish_seen_subcommand_from show set preview enable disable" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and not __fish_seen_subcommand_from show set preview enable disable" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and not __fish_seen_subcommand_from show set preview enable disable" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and not __fish_seen_subcommand_from show set preview enable disable" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and not __fish_seen_subcommand_from show set preview enable disable" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and not __fish_seen_subcommand_from show set preview enable disable" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and not __fish_seen_subcommand_from show set preview enable disable" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and not __fish_seen_subcommand_from show set preview enable disable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and not __fish_seen_subcommand_from show set preview enable disable" -f -a "show" -d 'Show which models fusion asks, and within which limits'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and not __fish_seen_subcommand_from show set preview enable disable" -f -a "set" -d 'Change the models or the limits of fusion, and nothing else'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and not __fish_seen_subcommand_from show set preview enable disable" -f -a "preview" -d 'Show what fusion would do and reserve for the keys of a policy; nothing is called or changed'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and not __fish_seen_subcommand_from show set preview enable disable" -f -a "enable" -d 'Switch fusion on, for every key whose policy reaches its aggregator'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and not __fish_seen_subcommand_from show set preview enable disable" -f -a "disable" -d 'Switch fusion off; requests for it are refused at once'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from show" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from show" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from show" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from show" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from show" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from show" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from show" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from set" -l adviser -d 'Model that is asked for a proposal; repeat it for up to four' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from set" -l aggregator -d 'Model that answers, with the proposals before it' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from set" -l adviser-timeout -d 'How long an adviser may take, from `1s` to `2m`' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from set" -l max-output-tokens -d 'The most that an adviser may write, in tokens' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from set" -l max-input-chars -d 'How much of the conversation an adviser sees, in characters from its end' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from set" -l max-proposal-chars -d 'How much of a proposal the aggregator sees, in characters' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from set" -l temperature -d 'How freely advisers write, from 0 to 2' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from set" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from set" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from set" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from set" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from set" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from set" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from set" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from set" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from set" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from set" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from set" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from preview" -l policy -d 'Policy whose keys would ask' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from preview" -l adviser -d 'Model that is asked for a proposal; repeat it for up to four' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from preview" -l aggregator -d 'Model that answers, with the proposals before it' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from preview" -l adviser-timeout -d 'How long an adviser may take, from `1s` to `2m`' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from preview" -l max-output-tokens -d 'The most that an adviser may write, in tokens' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from preview" -l max-input-chars -d 'How much of the conversation an adviser sees, in characters from its end' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from preview" -l max-proposal-chars -d 'How much of a proposal the aggregator sees, in characters' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from preview" -l temperature -d 'How freely advisers write, from 0 to 2' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from preview" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from preview" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from preview" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from preview" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from preview" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from preview" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from preview" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from preview" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from preview" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from preview" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from preview" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from preview" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from preview" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from preview" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from enable" -l adviser -d 'Model that is asked for a proposal; repeat it for up to four' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from enable" -l aggregator -d 'Model that answers, with the proposals before it' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from enable" -l adviser-timeout -d 'How long an adviser may take, from `1s` to `2m`' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from enable" -l max-output-tokens -d 'The most that an adviser may write, in tokens' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from enable" -l max-input-chars -d 'How much of the conversation an adviser sees, in characters from its end' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from enable" -l max-proposal-chars -d 'How much of a proposal the aggregator sees, in characters' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from enable" -l temperature -d 'How freely advisers write, from 0 to 2' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from enable" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from enable" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from enable" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from enable" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from enable" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from enable" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from enable" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from enable" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from enable" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from enable" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from enable" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from enable" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from enable" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from enable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from disable" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from disable" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from disable" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from disable" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from disable" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from disable" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from disable" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from disable" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from disable" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from disable" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from disable" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from disable" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from disable" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand fusion; and __fish_seen_subcommand_from disable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand content; and not __fish_seen_subcommand_from show" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand content; and not __fish_seen_subcommand_from show" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand content; and not __fish_seen_subcommand_from show" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand content; and not __fish_seen_subcommand_from show" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand content; and not __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand content; and not __fish_seen_subcommand_from show" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand content; and not __fish_seen_subcommand_from show" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand content; and not __fish_seen_subcommand_from show" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand content; and not __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand content; and not __fish_seen_subcommand_from show" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand content; and not __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand content; and not __fish_seen_subcommand_from show" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand content; and not __fish_seen_subcommand_from show" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand content; and not __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand content; and not __fish_seen_subcommand_from show" -f -a "show" -d 'Show a request that was kept, with its prompt'
complete -c clawctl -n "__fish_clawctl_using_subcommand content; and __fish_seen_subcommand_from show" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand content; and __fish_seen_subcommand_from show" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand content; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand content; and __fish_seen_subcommand_from show" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand content; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand content; and __fish_seen_subcommand_from show" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand content; and __fish_seen_subcommand_from show" -l body -d 'Print only the body, as JSON'
complete -c clawctl -n "__fish_clawctl_using_subcommand content; and __fish_seen_subcommand_from show" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand content; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand content; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand content; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand content; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand content; and __fish_seen_subcommand_from show" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand content; and __fish_seen_subcommand_from show" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand content; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and not __fish_seen_subcommand_from list show set grant enable disable" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and not __fish_seen_subcommand_from list show set grant enable disable" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and not __fish_seen_subcommand_from list show set grant enable disable" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and not __fish_seen_subcommand_from list show set grant enable disable" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and not __fish_seen_subcommand_from list show set grant enable disable" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and not __fish_seen_subcommand_from list show set grant enable disable" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and not __fish_seen_subcommand_from list show set grant enable disable" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and not __fish_seen_subcommand_from list show set grant enable disable" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and not __fish_seen_subcommand_from list show set grant enable disable" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and not __fish_seen_subcommand_from list show set grant enable disable" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and not __fish_seen_subcommand_from list show set grant enable disable" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and not __fish_seen_subcommand_from list show set grant enable disable" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and not __fish_seen_subcommand_from list show set grant enable disable" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and not __fish_seen_subcommand_from list show set grant enable disable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and not __fish_seen_subcommand_from list show set grant enable disable" -f -a "list" -d 'List users'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and not __fish_seen_subcommand_from list show set grant enable disable" -f -a "show" -d 'Show one user, and what is held through what'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and not __fish_seen_subcommand_from list show set grant enable disable" -f -a "set" -d 'Change what is named of a user, and nothing else'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and not __fish_seen_subcommand_from list show set grant enable disable" -f -a "grant" -d 'Bind policies to a user\'s address, or unbind them'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and not __fish_seen_subcommand_from list show set grant enable disable" -f -a "enable" -d 'Let a user sign in to the console again'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and not __fish_seen_subcommand_from list show set grant enable disable" -f -a "disable" -d 'Refuse a user\'s sign-in to the console'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from list" -l tenant -d 'Only those of this tenant' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from list" -l group -d 'Only those in this group' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from list" -l policy -d 'Only those to whose address this policy is bound' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from list" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from list" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from list" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from list" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from list" -l enabled -d 'Only those that are switched on'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from list" -l disabled -d 'Only those that are switched off'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from list" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from list" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from list" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from show" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from show" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from show" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from show" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from show" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from show" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from show" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from set" -l tenant -d 'Tenant that the user belongs to' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from set" -l add-group -d 'Group to add' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from set" -l remove-group -d 'Group to take away; one that a rule gives comes back with the next reconciliation' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from set" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from set" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from set" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from set" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from set" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from set" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from set" -l retention -d 'Let the router keep request contents for thirty days'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from set" -l no-retention -d 'Do not let the router keep request contents'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from set" -l create -d 'Register the address if the router does not know it'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from set" -l lock-out-console -d 'Go on although it locks `admin@local`, the administrator of a ClawRouter\'s own console, out'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from set" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from set" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from set" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from set" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from set" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from grant" -l policy -d 'Policy to bind; repeat it for more' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from grant" -l remove-policy -d 'Policy to unbind' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from grant" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from grant" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from grant" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from grant" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from grant" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from grant" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from grant" -l no-policies -d 'Unbind every policy from the address'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from grant" -l create -d 'Register the address if the router does not know it'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from grant" -l lock-out-console -d 'Go on although it locks `admin@local`, the administrator of a ClawRouter\'s own console, out'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from grant" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from grant" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from grant" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from grant" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from grant" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from grant" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from grant" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from grant" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from enable" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from enable" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from enable" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from enable" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from enable" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from enable" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from enable" -l lock-out-console -d 'Go on although it locks `admin@local`, the administrator of a ClawRouter\'s own console, out'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from enable" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from enable" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from enable" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from enable" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from enable" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from enable" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from enable" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from enable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from disable" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from disable" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from disable" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from disable" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from disable" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from disable" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from disable" -l lock-out-console -d 'Go on although it locks `admin@local`, the administrator of a ClawRouter\'s own console, out'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from disable" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from disable" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from disable" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from disable" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from disable" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from disable" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from disable" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand user; and __fish_seen_subcommand_from disable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and not __fish_seen_subcommand_from list put enable disable" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and not __fish_seen_subcommand_from list put enable disable" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and not __fish_seen_subcommand_from list put enable disable" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and not __fish_seen_subcommand_from list put enable disable" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and not __fish_seen_subcommand_from list put enable disable" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and not __fish_seen_subcommand_from list put enable disable" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and not __fish_seen_subcommand_from list put enable disable" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and not __fish_seen_subcommand_from list put enable disable" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and not __fish_seen_subcommand_from list put enable disable" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and not __fish_seen_subcommand_from list put enable disable" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and not __fish_seen_subcommand_from list put enable disable" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and not __fish_seen_subcommand_from list put enable disable" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and not __fish_seen_subcommand_from list put enable disable" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and not __fish_seen_subcommand_from list put enable disable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and not __fish_seen_subcommand_from list put enable disable" -f -a "list" -d 'List policy bindings, those that count first at the top'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and not __fish_seen_subcommand_from list put enable disable" -f -a "put" -d 'Bind a policy to a person or to a group'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and not __fish_seen_subcommand_from list put enable disable" -f -a "enable" -d 'Switch a binding on again'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and not __fish_seen_subcommand_from list put enable disable" -f -a "disable" -d 'Switch a binding off; what it granted is no longer held'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from list" -l policy -d 'Only those of this policy' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from list" -l user -d 'Only those to this address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from list" -l group -d 'Only those to this group' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from list" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from list" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from list" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from list" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from list" -l enabled -d 'Only those that are switched on'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from list" -l disabled -d 'Only those that are switched off'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from list" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from list" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from list" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from put" -l policy -d 'Policy that is bound' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from put" -l user -d 'Address of the person to whom it is bound' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from put" -l group -d 'Group to whose members it is bound' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from put" -l priority -d 'Which binding counts first: the one with the lowest number' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from put" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from put" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from put" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from put" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from put" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from put" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from put" -l disabled -d 'Leave it switched off'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from put" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from put" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from put" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from put" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from put" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from put" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from put" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from put" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from enable" -l policy -d 'Policy that is bound' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from enable" -l user -d 'Address of the person to whom it is bound' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from enable" -l group -d 'Group to whose members it is bound' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from enable" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from enable" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from enable" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from enable" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from enable" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from enable" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from enable" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from enable" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from enable" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from enable" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from enable" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from enable" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from enable" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from enable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from disable" -l policy -d 'Policy that is bound' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from disable" -l user -d 'Address of the person to whom it is bound' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from disable" -l group -d 'Group to whose members it is bound' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from disable" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from disable" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from disable" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from disable" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from disable" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from disable" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from disable" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from disable" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from disable" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from disable" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from disable" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from disable" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from disable" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand binding; and __fish_seen_subcommand_from disable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and not __fish_seen_subcommand_from list show put enable disable reconcile" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and not __fish_seen_subcommand_from list show put enable disable reconcile" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and not __fish_seen_subcommand_from list show put enable disable reconcile" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and not __fish_seen_subcommand_from list show put enable disable reconcile" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and not __fish_seen_subcommand_from list show put enable disable reconcile" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and not __fish_seen_subcommand_from list show put enable disable reconcile" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and not __fish_seen_subcommand_from list show put enable disable reconcile" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and not __fish_seen_subcommand_from list show put enable disable reconcile" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and not __fish_seen_subcommand_from list show put enable disable reconcile" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and not __fish_seen_subcommand_from list show put enable disable reconcile" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and not __fish_seen_subcommand_from list show put enable disable reconcile" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and not __fish_seen_subcommand_from list show put enable disable reconcile" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and not __fish_seen_subcommand_from list show put enable disable reconcile" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and not __fish_seen_subcommand_from list show put enable disable reconcile" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and not __fish_seen_subcommand_from list show put enable disable reconcile" -f -a "list" -d 'List assignment rules in the order in which they apply'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and not __fish_seen_subcommand_from list show put enable disable reconcile" -f -a "show" -d 'Show one rule, and whom it matches by the address'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and not __fish_seen_subcommand_from list show put enable disable reconcile" -f -a "put" -d 'Create a rule, or change what is named of one'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and not __fish_seen_subcommand_from list show put enable disable reconcile" -f -a "enable" -d 'Enable a rule again; users who match it get what it gives'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and not __fish_seen_subcommand_from list show put enable disable reconcile" -f -a "disable" -d 'Switch a rule off; what it gave is taken away at once'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and not __fish_seen_subcommand_from list show put enable disable reconcile" -f -a "reconcile" -d 'Work out anew which groups the rules give to one user, or to all'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from list" -l policy -d 'Only those that give this policy' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from list" -l group -d 'Only those that give this group' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from list" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from list" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from list" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from list" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from list" -l enabled -d 'Only those that are switched on'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from list" -l disabled -d 'Only those that are switched off'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from list" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from list" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from list" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from show" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from show" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from show" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from show" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from show" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from show" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from show" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from put" -l email -d 'Match this address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from put" -l domain -d 'Match every address behind this domain' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from put" -l github-org -d 'GitHub organization' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from put" -l github-team -d 'GitHub team' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from put" -l add-group -d 'Group to add' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from put" -l remove-group -d 'Group to take away' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from put" -l add-policy -d 'Policy to add' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from put" -l remove-policy -d 'Policy to take away' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from put" -l priority -d 'Which rule applies first: the one with the lowest number' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from put" -l provenance -d 'Where the rule comes from; a label' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from put" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from put" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from put" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from put" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from put" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from put" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from put" -l keep-on-loss -d 'Users who no longer match keep what the rule gave'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from put" -l revoke-on-loss -d 'Users who no longer match lose what the rule gave'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from put" -l disabled -d 'Leave it switched off'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from put" -l lock-out-console -d 'Go on although it locks `admin@local`, the administrator of a ClawRouter\'s own console, out'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from put" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from put" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from put" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from put" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from put" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from put" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from put" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from put" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from enable" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from enable" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from enable" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from enable" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from enable" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from enable" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from enable" -l lock-out-console -d 'Go on although it locks `admin@local`, the administrator of a ClawRouter\'s own console, out'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from enable" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from enable" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from enable" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from enable" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from enable" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from enable" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from enable" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from enable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from disable" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from disable" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from disable" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from disable" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from disable" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from disable" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from disable" -l lock-out-console -d 'Go on although it locks `admin@local`, the administrator of a ClawRouter\'s own console, out'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from disable" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from disable" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from disable" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from disable" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from disable" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from disable" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from disable" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from disable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from reconcile" -l github-org -d 'GitHub organization' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from reconcile" -l github-team -d 'GitHub team' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from reconcile" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from reconcile" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from reconcile" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from reconcile" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from reconcile" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from reconcile" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from reconcile" -l all -d 'Every user that the router knows'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from reconcile" -l verified -d 'Somebody has checked the user\'s memberships with GitHub; the router takes your word for it'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from reconcile" -l lock-out-console -d 'Go on although it locks `admin@local`, the administrator of a ClawRouter\'s own console, out'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from reconcile" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from reconcile" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from reconcile" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from reconcile" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from reconcile" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from reconcile" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from reconcile" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand rule; and __fish_seen_subcommand_from reconcile" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and not __fish_seen_subcommand_from list show" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and not __fish_seen_subcommand_from list show" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and not __fish_seen_subcommand_from list show" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and not __fish_seen_subcommand_from list show" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and not __fish_seen_subcommand_from list show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and not __fish_seen_subcommand_from list show" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and not __fish_seen_subcommand_from list show" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and not __fish_seen_subcommand_from list show" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and not __fish_seen_subcommand_from list show" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and not __fish_seen_subcommand_from list show" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and not __fish_seen_subcommand_from list show" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and not __fish_seen_subcommand_from list show" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and not __fish_seen_subcommand_from list show" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and not __fish_seen_subcommand_from list show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and not __fish_seen_subcommand_from list show" -f -a "list" -d 'List tenants'
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and not __fish_seen_subcommand_from list show" -f -a "show" -d 'Show one tenant, its policies and its users'
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and __fish_seen_subcommand_from list" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and __fish_seen_subcommand_from list" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and __fish_seen_subcommand_from list" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and __fish_seen_subcommand_from list" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and __fish_seen_subcommand_from list" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and __fish_seen_subcommand_from list" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and __fish_seen_subcommand_from list" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and __fish_seen_subcommand_from show" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and __fish_seen_subcommand_from show" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and __fish_seen_subcommand_from show" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and __fish_seen_subcommand_from show" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and __fish_seen_subcommand_from show" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and __fish_seen_subcommand_from show" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and __fish_seen_subcommand_from show" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and not __fish_seen_subcommand_from openclaw codex claude-code env curl python node check claude-max-proxy clawpool" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and not __fish_seen_subcommand_from openclaw codex claude-code env curl python node check claude-max-proxy clawpool" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and not __fish_seen_subcommand_from openclaw codex claude-code env curl python node check claude-max-proxy clawpool" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and not __fish_seen_subcommand_from openclaw codex claude-code env curl python node check claude-max-proxy clawpool" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and not __fish_seen_subcommand_from openclaw codex claude-code env curl python node check claude-max-proxy clawpool" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and not __fish_seen_subcommand_from openclaw codex claude-code env curl python node check claude-max-proxy clawpool" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and not __fish_seen_subcommand_from openclaw codex claude-code env curl python node check claude-max-proxy clawpool" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and not __fish_seen_subcommand_from openclaw codex claude-code env curl python node check claude-max-proxy clawpool" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and not __fish_seen_subcommand_from openclaw codex claude-code env curl python node check claude-max-proxy clawpool" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and not __fish_seen_subcommand_from openclaw codex claude-code env curl python node check claude-max-proxy clawpool" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and not __fish_seen_subcommand_from openclaw codex claude-code env curl python node check claude-max-proxy clawpool" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and not __fish_seen_subcommand_from openclaw codex claude-code env curl python node check claude-max-proxy clawpool" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and not __fish_seen_subcommand_from openclaw codex claude-code env curl python node check claude-max-proxy clawpool" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and not __fish_seen_subcommand_from openclaw codex claude-code env curl python node check claude-max-proxy clawpool" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and not __fish_seen_subcommand_from openclaw codex claude-code env curl python node check claude-max-proxy clawpool" -f -a "openclaw" -d 'Connect OpenClaw'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and not __fish_seen_subcommand_from openclaw codex claude-code env curl python node check claude-max-proxy clawpool" -f -a "codex" -d 'Connect Codex'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and not __fish_seen_subcommand_from openclaw codex claude-code env curl python node check claude-max-proxy clawpool" -f -a "claude-code" -d 'Connect Claude Code'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and not __fish_seen_subcommand_from openclaw codex claude-code env curl python node check claude-max-proxy clawpool" -f -a "env" -d 'Print the usual variables for a dotenv file'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and not __fish_seen_subcommand_from openclaw codex claude-code env curl python node check claude-max-proxy clawpool" -f -a "curl" -d 'Print a first request for curl'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and not __fish_seen_subcommand_from openclaw codex claude-code env curl python node check claude-max-proxy clawpool" -f -a "python" -d 'Print a first program in Python'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and not __fish_seen_subcommand_from openclaw codex claude-code env curl python node check claude-max-proxy clawpool" -f -a "node" -d 'Print a first program for Node.js'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and not __fish_seen_subcommand_from openclaw codex claude-code env curl python node check claude-max-proxy clawpool" -f -a "check" -d 'Make the calls that a client makes, and say which of them fails and why'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and not __fish_seen_subcommand_from openclaw codex claude-code env curl python node check claude-max-proxy clawpool" -f -a "claude-max-proxy" -d 'Connect a claude-max-api-proxy as an upstream of the router'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and not __fish_seen_subcommand_from openclaw codex claude-code env curl python node check claude-max-proxy clawpool" -f -a "clawpool" -d 'Connect a ClawPool key as an upstream of the router'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from openclaw" -l key-id -d 'The models of this key, by its id' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from openclaw" -l key-file -d 'Read the key from a file' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from openclaw" -l key-env -d 'Read the key from the environment variable of this name' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from openclaw" -l model -d 'Model to begin with; else a usual one of the key\'s' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from openclaw" -l project -d 'Project that usage counts the client\'s requests for' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from openclaw" -l client-url -d 'Address at which the client reaches the router, where it is another than ours' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from openclaw" -l file -d 'The file, where it is not the usual one' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from openclaw" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from openclaw" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from openclaw" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from openclaw" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from openclaw" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from openclaw" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from openclaw" -l key-stdin -d 'Read the key from standard input'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from openclaw" -l write -d 'Merge it into the client\'s own file; everything else in there stays as it is'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from openclaw" -l inline-key -d 'Put the key itself into the file, which only you can read then'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from openclaw" -l undo -d 'Put back what stood in the file before the last `--write`'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from openclaw" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from openclaw" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from openclaw" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from openclaw" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from openclaw" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from openclaw" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from openclaw" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from openclaw" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from codex" -l key-id -d 'The models of this key, by its id' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from codex" -l key-file -d 'Read the key from a file' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from codex" -l key-env -d 'Read the key from the environment variable of this name' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from codex" -l model -d 'Model to begin with; else a usual one of the key\'s' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from codex" -l project -d 'Project that usage counts the client\'s requests for' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from codex" -l client-url -d 'Address at which the client reaches the router, where it is another than ours' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from codex" -l file -d 'The file, where it is not the usual one' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from codex" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from codex" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from codex" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from codex" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from codex" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from codex" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from codex" -l key-stdin -d 'Read the key from standard input'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from codex" -l write -d 'Merge it into the client\'s own file; everything else in there stays as it is'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from codex" -l inline-key -d 'Put the key itself into the file, which only you can read then'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from codex" -l undo -d 'Put back what stood in the file before the last `--write`'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from codex" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from codex" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from codex" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from codex" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from codex" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from codex" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from codex" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from codex" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-code" -l key-id -d 'The models of this key, by its id' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-code" -l key-file -d 'Read the key from a file' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-code" -l key-env -d 'Read the key from the environment variable of this name' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-code" -l model -d 'Model to begin with; else a usual one of the key\'s' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-code" -l project -d 'Project that usage counts the client\'s requests for' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-code" -l client-url -d 'Address at which the client reaches the router, where it is another than ours' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-code" -l file -d 'The file, where it is not the usual one' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-code" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-code" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-code" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-code" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-code" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-code" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-code" -l key-stdin -d 'Read the key from standard input'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-code" -l write -d 'Merge it into the client\'s own file; everything else in there stays as it is'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-code" -l inline-key -d 'Put the key itself into the file, which only you can read then'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-code" -l undo -d 'Put back what stood in the file before the last `--write`'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-code" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-code" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-code" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-code" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-code" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-code" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-code" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-code" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from env" -l key-id -d 'The models of this key, by its id' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from env" -l key-file -d 'Read the key from a file' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from env" -l key-env -d 'Read the key from the environment variable of this name' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from env" -l model -d 'Model to begin with; else a usual one of the key\'s' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from env" -l project -d 'Project that usage counts the client\'s requests for' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from env" -l client-url -d 'Address at which the client reaches the router, where it is another than ours' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from env" -l file -d 'The file, where it is not the usual one' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from env" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from env" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from env" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from env" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from env" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from env" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from env" -l key-stdin -d 'Read the key from standard input'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from env" -l write -d 'Merge it into the client\'s own file; everything else in there stays as it is'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from env" -l inline-key -d 'Put the key itself into the file, which only you can read then'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from env" -l undo -d 'Put back what stood in the file before the last `--write`'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from env" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from env" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from env" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from env" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from env" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from env" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from env" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from env" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from curl" -l key-id -d 'The models of this key, by its id' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from curl" -l key-file -d 'Read the key from a file' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from curl" -l key-env -d 'Read the key from the environment variable of this name' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from curl" -l model -d 'Model to begin with; else a usual one of the key\'s' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from curl" -l project -d 'Project that usage counts the client\'s requests for' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from curl" -l client-url -d 'Address at which the client reaches the router, where it is another than ours' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from curl" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from curl" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from curl" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from curl" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from curl" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from curl" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from curl" -l key-stdin -d 'Read the key from standard input'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from curl" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from curl" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from curl" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from curl" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from curl" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from curl" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from curl" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from curl" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from python" -l key-id -d 'The models of this key, by its id' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from python" -l key-file -d 'Read the key from a file' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from python" -l key-env -d 'Read the key from the environment variable of this name' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from python" -l model -d 'Model to begin with; else a usual one of the key\'s' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from python" -l project -d 'Project that usage counts the client\'s requests for' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from python" -l client-url -d 'Address at which the client reaches the router, where it is another than ours' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from python" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from python" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from python" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from python" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from python" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from python" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from python" -l key-stdin -d 'Read the key from standard input'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from python" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from python" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from python" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from python" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from python" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from python" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from python" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from python" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from node" -l key-id -d 'The models of this key, by its id' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from node" -l key-file -d 'Read the key from a file' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from node" -l key-env -d 'Read the key from the environment variable of this name' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from node" -l model -d 'Model to begin with; else a usual one of the key\'s' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from node" -l project -d 'Project that usage counts the client\'s requests for' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from node" -l client-url -d 'Address at which the client reaches the router, where it is another than ours' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from node" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from node" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from node" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from node" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from node" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from node" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from node" -l key-stdin -d 'Read the key from standard input'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from node" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from node" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from node" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from node" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from node" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from node" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from node" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from node" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from check" -l model -d 'Model to check [default: every model, and for requests the cheapest over each way]' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from check" -l client-url -d 'Address at which the client reaches the router, where it is another than ours' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from check" -l key-file -d 'Read the key from a file' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from check" -l key-env -d 'Read the key from the environment variable of this name' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from check" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from check" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from check" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from check" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from check" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from check" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from check" -l probe -d 'Send one small request over each way of speaking'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from check" -l key-stdin -d 'Read the key from standard input'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from check" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from check" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from check" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from check" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from check" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-max-proxy" -l at -d 'Address of the proxy [default: where the router looks for it]' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-max-proxy" -l for -d 'The unit is for `systemd` or `launchd`; else for the one that this system has' -r -f -a "systemd\t''
launchd\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-max-proxy" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-max-proxy" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-max-proxy" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-max-proxy" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-max-proxy" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-max-proxy" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-max-proxy" -l service -d 'Print a unit that keeps that program running, and connect nothing'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-max-proxy" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-max-proxy" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-max-proxy" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-max-proxy" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-max-proxy" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-max-proxy" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-max-proxy" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from claude-max-proxy" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from clawpool" -l policy -d 'The policy whose keys may use it' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from clawpool" -l tenant -d 'The tenant whose keys may use it' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from clawpool" -l name -d 'Name of the grant' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from clawpool" -l at -d 'Where the pool is' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from clawpool" -l pool-key-file -d 'Read the pool\'s key from a file' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from clawpool" -l pool-key-env -d 'Read the pool\'s key from the environment variable of this name' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from clawpool" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from clawpool" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from clawpool" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from clawpool" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from clawpool" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from clawpool" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from clawpool" -l pool-key-stdin -d 'Read the pool\'s key from standard input'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from clawpool" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from clawpool" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from clawpool" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from clawpool" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from clawpool" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from clawpool" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from clawpool" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand connect; and __fish_seen_subcommand_from clawpool" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand env" -l key-env -d 'The variable that holds the key' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand env" -l shell -d 'The shell that reads it; else the one that you log in with' -r -f -a "sh\t'Any POSIX shell'
bash\t''
zsh\t''
fish\t''
powershell\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand env" -l client-url -d 'Address at which the client reaches the router, where it is another than ours' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand env" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand env" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand env" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand env" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand env" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand env" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand env" -l unset -d 'Take the variables away again; the one that holds the key stays'
complete -c clawctl -n "__fish_clawctl_using_subcommand env" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand env" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand env" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand env" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand env" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand env" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand env" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand env" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and not __fish_seen_subcommand_from scan respond" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and not __fish_seen_subcommand_from scan respond" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and not __fish_seen_subcommand_from scan respond" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and not __fish_seen_subcommand_from scan respond" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and not __fish_seen_subcommand_from scan respond" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and not __fish_seen_subcommand_from scan respond" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and not __fish_seen_subcommand_from scan respond" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and not __fish_seen_subcommand_from scan respond" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and not __fish_seen_subcommand_from scan respond" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and not __fish_seen_subcommand_from scan respond" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and not __fish_seen_subcommand_from scan respond" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and not __fish_seen_subcommand_from scan respond" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and not __fish_seen_subcommand_from scan respond" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and not __fish_seen_subcommand_from scan respond" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and not __fish_seen_subcommand_from scan respond" -f -a "scan" -d 'Look for keys where they should not be'
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and not __fish_seen_subcommand_from scan respond" -f -a "respond" -d 'Say which keys that leaked work, and make an end of those'
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from scan" -l git -d 'Look at what these commits added, such as `origin/main..HEAD`; `HEAD` is everything' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from scan" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from scan" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from scan" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from scan" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from scan" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from scan" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from scan" -l staged -d 'Look at what is staged for the next commit'
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from scan" -l sarif -d 'Print a SARIF report, as code scanners exchange them'
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from scan" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from scan" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from scan" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from scan" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from scan" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from scan" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from scan" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from scan" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from respond" -l git -d 'Look at what these commits added, such as `origin/main..HEAD`; `HEAD` is everything' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from respond" -l since -d 'How far back to look for its use' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from respond" -l report -d 'Write what was found and done into a new file, as Markdown' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from respond" -l to -d 'Where the key is delivered; repeat it for more' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from respond" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from respond" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from respond" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from respond" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from respond" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from respond" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from respond" -l staged -d 'Look at what is staged for the next commit'
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from respond" -l rotate -d 'Give each key that works a new secret'
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from respond" -l revoke -d 'Switch each key that works off'
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from respond" -l force -d 'Replace what the destination already holds'
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from respond" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from respond" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from respond" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from respond" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from respond" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from respond" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from respond" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand leak; and __fish_seen_subcommand_from respond" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand verify; and not __fish_seen_subcommand_from enforcement" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand verify; and not __fish_seen_subcommand_from enforcement" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand verify; and not __fish_seen_subcommand_from enforcement" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand verify; and not __fish_seen_subcommand_from enforcement" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand verify; and not __fish_seen_subcommand_from enforcement" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand verify; and not __fish_seen_subcommand_from enforcement" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand verify; and not __fish_seen_subcommand_from enforcement" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand verify; and not __fish_seen_subcommand_from enforcement" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand verify; and not __fish_seen_subcommand_from enforcement" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand verify; and not __fish_seen_subcommand_from enforcement" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand verify; and not __fish_seen_subcommand_from enforcement" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand verify; and not __fish_seen_subcommand_from enforcement" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand verify; and not __fish_seen_subcommand_from enforcement" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand verify; and not __fish_seen_subcommand_from enforcement" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand verify; and not __fish_seen_subcommand_from enforcement" -f -a "enforcement" -d 'Prove that scopes and budgets stop requests on the live router'
complete -c clawctl -n "__fish_clawctl_using_subcommand verify; and __fish_seen_subcommand_from enforcement" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand verify; and __fish_seen_subcommand_from enforcement" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand verify; and __fish_seen_subcommand_from enforcement" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand verify; and __fish_seen_subcommand_from enforcement" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand verify; and __fish_seen_subcommand_from enforcement" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand verify; and __fish_seen_subcommand_from enforcement" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand verify; and __fish_seen_subcommand_from enforcement" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand verify; and __fish_seen_subcommand_from enforcement" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand verify; and __fish_seen_subcommand_from enforcement" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand verify; and __fish_seen_subcommand_from enforcement" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand verify; and __fish_seen_subcommand_from enforcement" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand verify; and __fish_seen_subcommand_from enforcement" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand verify; and __fish_seen_subcommand_from enforcement" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand verify; and __fish_seen_subcommand_from enforcement" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand why" -l key-id -d 'Explain for the holder of the key with this id' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand why" -l policy -d 'Ask for any key of this policy' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand why" -l key-file -d 'Read the key from a file' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand why" -l key-env -d 'Read the key from the environment variable of this name' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand why" -l model -d 'Model that is asked for' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand why" -l route -d 'Route that is asked on: chat, responses, embeddings, messages, count-tokens, or any path below `/v1/native/` or `/v1/proxy/` (the usual one of the model, unless given)' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand why" -l method -d 'Method of the request, where the route is a path' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand why" -l in -d 'Length of the prompt in tokens such as `40k`, or in bytes such as `160kB`' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand why" -l out -d 'Limit on the answer in tokens, such as `4k`' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand why" -l body-file -d 'Take this body in place of one that is drawn up (`-` is stdin)' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand why" -l session -d 'Session that the request belongs to, where the policy\'s grants stick to one' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand why" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand why" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand why" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand why" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand why" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand why" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand why" -l key-stdin -d 'Read the key from standard input'
complete -c clawctl -n "__fish_clawctl_using_subcommand why" -l stream -d 'Ask for a stream'
complete -c clawctl -n "__fish_clawctl_using_subcommand why" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand why" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand why" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand why" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand why" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand why" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand why" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand why" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and not __fish_seen_subcommand_from list add use show remove login logout" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and not __fish_seen_subcommand_from list add use show remove login logout" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and not __fish_seen_subcommand_from list add use show remove login logout" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and not __fish_seen_subcommand_from list add use show remove login logout" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and not __fish_seen_subcommand_from list add use show remove login logout" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and not __fish_seen_subcommand_from list add use show remove login logout" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and not __fish_seen_subcommand_from list add use show remove login logout" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and not __fish_seen_subcommand_from list add use show remove login logout" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and not __fish_seen_subcommand_from list add use show remove login logout" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and not __fish_seen_subcommand_from list add use show remove login logout" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and not __fish_seen_subcommand_from list add use show remove login logout" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and not __fish_seen_subcommand_from list add use show remove login logout" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and not __fish_seen_subcommand_from list add use show remove login logout" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and not __fish_seen_subcommand_from list add use show remove login logout" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and not __fish_seen_subcommand_from list add use show remove login logout" -f -a "list" -d 'List contexts'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and not __fish_seen_subcommand_from list add use show remove login logout" -f -a "add" -d 'Add a router, and log in to it'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and not __fish_seen_subcommand_from list add use show remove login logout" -f -a "use" -d 'Make a context the current one'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and not __fish_seen_subcommand_from list add use show remove login logout" -f -a "show" -d 'Show a context, and where its token is kept'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and not __fish_seen_subcommand_from list add use show remove login logout" -f -a "remove" -d 'Remove a context, and forget its token'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and not __fish_seen_subcommand_from list add use show remove login logout" -f -a "login" -d 'Replace the admin token of a context'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and not __fish_seen_subcommand_from list add use show remove login logout" -f -a "logout" -d 'Forget the admin token of a context'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from list" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from list" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from list" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from list" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from list" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from list" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from list" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from add" -l token-file -d 'Read the admin token from a file' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from add" -l token-env -d 'Read the admin token from the environment variable of this name' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from add" -l access-id-file -d 'Read the service token\'s client id from a file' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from add" -l access-id-env -d 'Read the client id from the environment variable of this name' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from add" -l access-secret-file -d 'Read the client secret from a file' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from add" -l access-secret-env -d 'Read the client secret from the environment variable of this name' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from add" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from add" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from add" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from add" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from add" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from add" -l use -d 'Make it the current context'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from add" -l no-check -d 'Store the login without trying it on the router'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from add" -l token-stdin -d 'Read the admin token from standard input'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from add" -l access -d 'Store a service token for Cloudflare Access as well'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from add" -l access-secret-stdin -d 'Read the service token\'s client secret from standard input'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from add" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from add" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from add" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from add" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from add" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from use" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from use" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from use" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from use" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from use" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from use" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from use" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from use" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from use" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from use" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from use" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from use" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from use" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from use" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from show" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from show" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from show" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from show" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from show" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from show" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from show" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from remove" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from remove" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from remove" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from remove" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from remove" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from remove" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from remove" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from remove" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from remove" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from login" -l token-file -d 'Read the admin token from a file' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from login" -l token-env -d 'Read the admin token from the environment variable of this name' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from login" -l access-id-file -d 'Read the service token\'s client id from a file' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from login" -l access-id-env -d 'Read the client id from the environment variable of this name' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from login" -l access-secret-file -d 'Read the client secret from a file' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from login" -l access-secret-env -d 'Read the client secret from the environment variable of this name' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from login" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from login" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from login" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from login" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from login" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from login" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from login" -l no-check -d 'Store the login without trying it on the router'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from login" -l token-stdin -d 'Read the admin token from standard input'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from login" -l access -d 'Store a service token for Cloudflare Access as well'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from login" -l access-secret-stdin -d 'Read the service token\'s client secret from standard input'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from login" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from login" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from login" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from login" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from login" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from login" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from login" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from login" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from logout" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from logout" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from logout" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from logout" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from logout" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from logout" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from logout" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from logout" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from logout" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from logout" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from logout" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from logout" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from logout" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and __fish_seen_subcommand_from logout" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token service provider" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token service provider" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token service provider" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token service provider" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token service provider" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token service provider" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token service provider" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token service provider" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token service provider" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token service provider" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token service provider" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token service provider" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token service provider" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token service provider" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token service provider" -f -a "serve" -d 'Serve the embedded router over HTTP'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token service provider" -f -a "info" -d 'Say what the embedded router\'s database holds, and where it is'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token service provider" -f -a "backup" -d 'Copy the embedded router\'s database as it is at one moment'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token service provider" -f -a "restore" -d 'Put a backup in the place of the embedded router\'s database'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token service provider" -f -a "token" -d 'Replace the admin token of the served router'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token service provider" -f -a "service" -d 'Keep `router serve` running'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token service provider" -f -a "provider" -d 'Look at provider manifests, and check your own'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from serve" -l listen -d 'Address and port to listen on' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from serve" -l allow-host -d 'Answer requests for this host name too (repeatable)' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from serve" -l upstream -d 'Reach a provider at another base URL; repeat it for more' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from serve" -l max-in-flight -d 'How many requests may be passed on to providers at the same time' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from serve" -l max-in-flight-per-key -d 'How many of them may be of one key [default: a quarter, at least 32]' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from serve" -l log -d 'How to log requests' -r -f -a "text\t'A line for people'
json\t'A JSON object a line'
off\t'Nothing'"
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from serve" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from serve" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from serve" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from serve" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from serve" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from serve" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from serve" -l allow-remote -d 'Let other machines reach it, in plain http'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from serve" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from serve" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from serve" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from serve" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from serve" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from serve" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from serve" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from serve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from info" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from info" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from info" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from info" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from info" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from info" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from info" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from info" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from info" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from info" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from info" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from info" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from info" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from info" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from backup" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from backup" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from backup" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from backup" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from backup" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from backup" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from backup" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from backup" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from backup" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from backup" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from backup" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from backup" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from backup" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from backup" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from restore" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from restore" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from restore" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from restore" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from restore" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from restore" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from restore" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from restore" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from restore" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from restore" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from restore" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from restore" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from restore" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from restore" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from token" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from token" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from token" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from token" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from token" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from token" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from token" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from token" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from token" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from token" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from token" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from token" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from token" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from token" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from token" -f -a "rotate" -d 'Make a new admin token; the old one stops working at once'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from token" -f -a "set" -d 'Let the served router take an admin token that you bring'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from service" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from service" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from service" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from service" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from service" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from service" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from service" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from service" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from service" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from service" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from service" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from service" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from service" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from service" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from service" -f -a "print" -d 'Print the unit that keeps `router serve` running'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from service" -f -a "install" -d 'Keep `router serve` running, from now on and at every login'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from service" -f -a "uninstall" -d 'Take the unit away that keeps `router serve` running'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from provider" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from provider" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from provider" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from provider" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from provider" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from provider" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from provider" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from provider" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from provider" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from provider" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from provider" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from provider" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from provider" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from provider" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from provider" -f -a "list" -d 'List the provider manifests of the embedded router'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from provider" -f -a "check" -d 'Check your own provider manifests'
complete -c clawctl -n "__fish_clawctl_using_subcommand apply" -s f -l file -d 'Manifest: a file, a folder of them, or `-` for standard input; repeat it for more' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand apply" -l to -d 'Where a new key goes that names no sink; `{id}` stands for its id' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand apply" -l lock -d 'The lock file, if it is not beside the manifest' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand apply" -l plan-out -d 'Write the plan down instead of carrying it out' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand apply" -l concurrency -d 'How many things are written at the same time' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand apply" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand apply" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand apply" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand apply" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand apply" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand apply" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand apply" -l prune -d 'Disable what the lock file says that this manifest made, and which it no longer names'
complete -c clawctl -n "__fish_clawctl_using_subcommand apply" -l refresh -d 'Go on from what is there now if somebody else changed it meanwhile'
complete -c clawctl -n "__fish_clawctl_using_subcommand apply" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand apply" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand apply" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand apply" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand apply" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand apply" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand apply" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand apply" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand diff" -s f -l file -d 'Manifest: a file, a folder of them, or `-` for standard input; repeat it for more' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand diff" -l to -d 'Where a new key goes that names no sink; `{id}` stands for its id' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand diff" -l lock -d 'The lock file, if it is not beside the manifest' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand diff" -l plan-out -d 'Write the plan down, for `clawctl apply FILE`' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand diff" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand diff" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand diff" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand diff" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand diff" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand diff" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand diff" -l prune -d 'Disable what the lock file says that this manifest made, and which it no longer names'
complete -c clawctl -n "__fish_clawctl_using_subcommand diff" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand diff" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand diff" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand diff" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand diff" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand diff" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand diff" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand export" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand export" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand export" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand export" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand export" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand export" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand export" -l with-key-hashes -d 'Add the hash of each key\'s secret, so that it works elsewhere too'
complete -c clawctl -n "__fish_clawctl_using_subcommand export" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand export" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand export" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand export" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand export" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand export" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand export" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand import" -l from -d 'Gateway that wrote the file' -r -f -a "litellm\t''
openrouter\t''
portkey\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand import" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand import" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand import" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand import" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand import" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand import" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand import" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand import" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand import" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand import" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand import" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand import" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand import" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand validate" -s f -l file -d 'Manifest: a file, a folder of them, or `-` for standard input; repeat it for more' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand validate" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand validate" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand validate" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand validate" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand validate" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand validate" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand validate" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand validate" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand validate" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand validate" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand validate" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand validate" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand validate" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand validate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand schema" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand schema" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand schema" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand schema" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand schema" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand schema" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand schema" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand schema" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand schema" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand schema" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand schema" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand schema" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand schema" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand schema" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand log" -l noun -d 'Only changes of such a thing: `policy`, `key`, `provider`, `grant`, `user`, …' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand log" -l name -d 'Only changes of what is called so; `*` stands for any run of characters' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand log" -l command -d 'Only changes by this command, such as `key rotate`' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand log" -l since -d 'Only changes of the last while: `12h`, `7d`' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand log" -l limit -d 'Only so many' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand log" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand log" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand log" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand log" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand log" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand log" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand log" -l here -d 'Only changes of the router in force'
complete -c clawctl -n "__fish_clawctl_using_subcommand log" -l failed -d 'Only what was not carried out, or nobody knows whether it was'
complete -c clawctl -n "__fish_clawctl_using_subcommand log" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand log" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand log" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand log" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand log" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand log" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand log" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand log" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand undo" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand undo" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand undo" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand undo" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand undo" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand undo" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand undo" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand undo" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand undo" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand undo" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand undo" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand undo" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand undo" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand undo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand status" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand status" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand status" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand status" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand status" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand status" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand status" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand status" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand status" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand status" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand status" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand status" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand status" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand doctor" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand doctor" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand doctor" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand doctor" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand doctor" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand doctor" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand doctor" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand doctor" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand doctor" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand doctor" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand doctor" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand doctor" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand doctor" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand api" -s f -l field -d 'Member of the JSON body: `name=text`, or `name:=JSON`; of the query for GET' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand api" -l input -d 'Body from a file; `-` is standard input' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand api" -s H -l header -d 'Header to send; repeat it for more' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand api" -l key-file -d 'Read the key from a file' -r -F
complete -c clawctl -n "__fish_clawctl_using_subcommand api" -l key-env -d 'Read the key from the environment variable of this name' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand api" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand api" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand api" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand api" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand api" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand api" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand api" -s i -l include -d 'Print the status and the headers of the answer too'
complete -c clawctl -n "__fish_clawctl_using_subcommand api" -l anonymous -d 'Send no admin token'
complete -c clawctl -n "__fish_clawctl_using_subcommand api" -l key-stdin -d 'Read the key from standard input'
complete -c clawctl -n "__fish_clawctl_using_subcommand api" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand api" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand api" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand api" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand api" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand api" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand api" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand api" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand completions" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand completions" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand completions" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand completions" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand completions" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand completions" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand completions" -l dynamic -d 'Ask this program for candidates while typing'
complete -c clawctl -n "__fish_clawctl_using_subcommand completions" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand completions" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand completions" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand completions" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand completions" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand completions" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand completions" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand man" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand man" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand man" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''
github\t'Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only'
junit\t'A JUnit report: `validate`, `diff` and `apply` only'"
complete -c clawctl -n "__fish_clawctl_using_subcommand man" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand man" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand man" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand man" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand man" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand man" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand man" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand man" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand man" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand man" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
