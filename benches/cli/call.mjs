// What an operator's own script would be: one authenticated call, its answer read and printed.
const [url] = process.argv.slice(2);
const answer = await fetch(url, {
  headers: { authorization: `Bearer ${process.env.CLAWROUTER_ADMIN_TOKEN}` },
});
if (!answer.ok) {
  console.error(`${answer.status} ${await answer.text()}`);
  process.exit(1);
}
const { policies } = await answer.json();
for (const policy of policies) {
  console.log(policy.policyId, policy.enabled, policy.monthlyBudgetMicros);
}
