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
yaml\t''"
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
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "catalog" -d 'See the models that a policy or a key can really use'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "usage" -d 'See who spent what'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "content" -d 'Look at what was kept of a request'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "tenant" -d 'See tenants'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "context" -d 'Choose which router is administered'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "router" -d 'Serve, back up and look after the embedded router'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "status" -d 'Say which router is in force, and where each setting came from'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "doctor" -d 'Look for what is wrong, and say what to do'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "api" -d 'Make any call to the router'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "completions" -d 'Print completions for a shell'
complete -c clawctl -n "__fish_clawctl_needs_command" -f -a "man" -d 'Write the manual pages into a folder'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move" -f -a "issue" -d 'Issue a key; it is shown once'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move" -f -a "list" -d 'List keys'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move" -f -a "show" -d 'Show one key and what it may reach'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move" -f -a "inspect" -d 'Say what is wrong with a key, or what it may do'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move" -f -a "rotate" -d 'Give a key a new secret; the old one dies at once'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move" -f -a "revoke" -d 'Revoke keys; they stop working at once'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move" -f -a "enable" -d 'Make a revoked key work again'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and not __fish_seen_subcommand_from issue list show inspect rotate revoke enable move" -f -a "move" -d 'Put a key under another policy'
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
yaml\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l test -d 'Mark the key as one for tests (`clawrouter-test-…`); the router treats both alike'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l resume -d 'Finish what a crash or a lost answer cut off'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l all-providers -d 'Every provider may be reached, also those added later'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l no-budget -d 'No limit on what is spent'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l per-principal -d 'Each principal has the budget for itself'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from issue" -l no-retention -d 'Do not let the router keep request contents for this policy'
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
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from list" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from list" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''"
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
yaml\t''"
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
yaml\t''"
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
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l to -d 'Where the key is delivered; repeat it for more' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l test -d 'Mark the new key as one for tests'
complete -c clawctl -n "__fish_clawctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l resume -d 'Finish what a crash or a lost answer cut off'
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
yaml\t''"
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
yaml\t''"
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
yaml\t''"
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
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and not __fish_seen_subcommand_from create list show set scope copy enable disable" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and not __fish_seen_subcommand_from create list show set scope copy enable disable" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and not __fish_seen_subcommand_from create list show set scope copy enable disable" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''"
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
yaml\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from create" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from create" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from create" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from create" -l disabled -d 'Create it switched off'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from create" -l all-providers -d 'Every provider may be reached, also those added later'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from create" -l no-budget -d 'No limit on what is spent'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from create" -l per-principal -d 'Each principal has the budget for itself'
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
yaml\t''"
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
yaml\t''"
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
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l no-budget -d 'No limit on what is spent'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l no-request-cost -d 'Requests cost what their model costs'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l retention -d 'Let the router keep request contents for thirty days'
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from set" -l no-retention -d 'Do not let the router keep request contents'
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
yaml\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from scope" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from scope" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from scope" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand policy; and __fish_seen_subcommand_from scope" -l all-providers -d 'Every provider, also those added later'
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
yaml\t''"
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
yaml\t''"
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
yaml\t''"
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
yaml\t''"
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
yaml\t''"
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
yaml\t''"
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
yaml\t''"
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
yaml\t''"
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
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show set enable disable" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show set enable disable" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show set enable disable" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show set enable disable" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show set enable disable" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show set enable disable" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show set enable disable" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show set enable disable" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show set enable disable" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show set enable disable" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show set enable disable" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show set enable disable" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show set enable disable" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show set enable disable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show set enable disable" -f -a "list" -d 'List providers, with whether they can be called'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show set enable disable" -f -a "show" -d 'Show one provider with its endpoints, models and prices'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show set enable disable" -f -a "set" -d 'Change the label or the budget of a provider, and nothing else'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show set enable disable" -f -a "enable" -d 'Switch a provider on'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and not __fish_seen_subcommand_from list show set enable disable" -f -a "disable" -d 'Switch a provider off; every request to it is refused at once, under any policy'
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from list" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from list" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''"
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
yaml\t''"
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
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from set" -l label -d 'A label to know it by' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from set" -l budget -d 'Budget per UTC month, such as `$50`; zero blocks' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from set" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from set" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand provider; and __fish_seen_subcommand_from set" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''"
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
yaml\t''"
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
yaml\t''"
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
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and not __fish_seen_subcommand_from list show" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and not __fish_seen_subcommand_from list show" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand catalog; and not __fish_seen_subcommand_from list show" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''"
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
yaml\t''"
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
yaml\t''"
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
yaml\t''"
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
yaml\t''"
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
yaml\t''"
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
yaml\t''"
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
yaml\t''"
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
complete -c clawctl -n "__fish_clawctl_using_subcommand content; and not __fish_seen_subcommand_from show" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand content; and not __fish_seen_subcommand_from show" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand content; and not __fish_seen_subcommand_from show" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''"
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
yaml\t''"
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
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and not __fish_seen_subcommand_from list" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and not __fish_seen_subcommand_from list" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and not __fish_seen_subcommand_from list" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and not __fish_seen_subcommand_from list" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and not __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and not __fish_seen_subcommand_from list" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and not __fish_seen_subcommand_from list" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and not __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and not __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and not __fish_seen_subcommand_from list" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and not __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and not __fish_seen_subcommand_from list" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and not __fish_seen_subcommand_from list" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and not __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and not __fish_seen_subcommand_from list" -f -a "list" -d 'List tenants'
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and __fish_seen_subcommand_from list" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and __fish_seen_subcommand_from list" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand tenant; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''"
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
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and not __fish_seen_subcommand_from list add use show remove login logout" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and not __fish_seen_subcommand_from list add use show remove login logout" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand context; and not __fish_seen_subcommand_from list add use show remove login logout" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''"
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
yaml\t''"
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
yaml\t''"
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
yaml\t''"
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
yaml\t''"
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
yaml\t''"
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
yaml\t''"
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
yaml\t''"
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
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token provider" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token provider" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token provider" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token provider" -l columns -d 'Columns to show, in this order' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token provider" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token provider" -l timeout -d 'How long one call to the router may take, with its repetitions' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token provider" -l no-header -d 'Leave out the heading of tables and CSV'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token provider" -s q -l quiet -d 'Say only what went wrong'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token provider" -s v -l verbose -d 'Say more of what is done'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token provider" -l no-input -d 'Never ask a question'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token provider" -s y -l yes -d 'Answer every question with yes'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token provider" -l dry-run -d 'Say what would be sent, and send nothing that changes anything'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token provider" -l insecure-http -d 'Allow plain http to another machine'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token provider" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token provider" -f -a "serve" -d 'Serve the embedded router over HTTP'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token provider" -f -a "info" -d 'Say what the embedded router\'s database holds, and where it is'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token provider" -f -a "backup" -d 'Copy the embedded router\'s database as it is at one moment'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token provider" -f -a "restore" -d 'Put a backup in the place of the embedded router\'s database'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token provider" -f -a "token" -d 'Replace the admin token of the served router'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and not __fish_seen_subcommand_from serve info backup restore token provider" -f -a "provider" -d 'Look at provider manifests, and check your own'
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from serve" -l listen -d 'Address and port to listen on' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from serve" -l upstream -d 'Reach a provider at another base URL; repeat it for more' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from serve" -l max-in-flight -d 'How many requests may be passed on to providers at the same time' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from serve" -l log -d 'How to log requests' -r -f -a "text\t'A line for people'
json\t'A JSON object a line'
off\t'Nothing'"
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from serve" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from serve" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from serve" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''"
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
yaml\t''"
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
yaml\t''"
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
yaml\t''"
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
yaml\t''"
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
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from provider" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from provider" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand router; and __fish_seen_subcommand_from provider" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''"
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
complete -c clawctl -n "__fish_clawctl_using_subcommand status" -l context -d 'Router to administer, by the name of its context' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand status" -l url -d 'Router to administer, by its address' -r
complete -c clawctl -n "__fish_clawctl_using_subcommand status" -s o -l output -d 'Format of the output' -r -f -a "table\t'For people'
json\t''
jsonl\t'A JSON object a line'
csv\t''
yaml\t''"
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
yaml\t''"
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
yaml\t''"
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
yaml\t''"
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
yaml\t''"
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
