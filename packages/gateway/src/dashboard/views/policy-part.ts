import { policyRules, type PolicyState } from '@adjutant/core';
import { formatMinute, html, type SafeHtml } from '@adjutant/insights';
import { actionForm } from '../components/action-form.ts';
import { dataTable } from '../components/data-table.ts';
import { pageSection } from '../components/page-head.ts';

const modes = {
  auto: 'happens',
  ask: 'asks somebody',
  require_approval: 'needs an approval',
  deny: 'never',
} as const;

/** Returns what may happen, type by type, and a field to ask why. */
export function policyPart(state: PolicyState | null): SafeHtml {
  const title = { id: 'policy', title: 'Policy' };
  if (state === null) {
    return pageSection(title, html`<p class="quiet">Policy is an engine of the host.</p>`);
  }
  const { inForce, compiled, waiting } = state;
  const rules = policyRules(inForce.policy, compiled.actionTypes);
  const options = rules.map(
    ({ type, title: name }) => html`<option value="${type}">${name} (${type})</option>`,
  );
  const explain = actionForm({
    path: 'policy/explain',
    label: 'Explain',
    stays: true,
    fields: html`<label>Action<select name="type">${options}</select></label><label>Asked by<select name="requester"><option value="assistant">an assistant</option><option value="person">a person</option><option value="system">the system</option></select></label><label>What is known of it, as JSON <span class="quiet">for example {"payload": {}, "channel_public": false}; what is not named is unknown and counts against it</span><textarea name="given" rows="3" maxlength="10000" spellcheck="false">{"payload": {}}</textarea></label>`,
  });
  const open =
    waiting === null
      ? null
      : html`<p class="note">The policy file asks for less than what holds. That waits for an approval: <a href="/approvals">Approvals</a>.</p>`;
  return pageSection(
    {
      ...title,
      lead: `${inForce.hash.slice(0, 12)}, in force since ${formatMinute(inForce.inForceAt)} UTC, by ${inForce.by}.`,
    },
    html`${open}${dataTable({
      id: 'policy-rules',
      caption: 'What holds for each type of action',
      hasFilter: true,
      columns: [
        { id: 'type', title: 'Action' },
        { id: 'risk', title: 'Risk' },
        { id: 'mode', title: 'Without more' },
        { id: 'more', title: 'Unless' },
      ],
      rows: rules.map(({ title: name, type, risk, mode, unless, quorum, separationOfDuties }) => [
        html`${name} <code>${type}</code>`,
        risk,
        modes[mode],
        html`<span class="wide-cell">${[...unless, ...(quorum > 1 ? [`${quorum} people`] : []), ...(separationOfDuties ? ['not whoever asked'] : [])].join('; ') || '–'}</span>`,
      ]),
    })}<h3>Why would it?</h3>${explain}`,
  );
}
