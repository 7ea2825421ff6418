import type { SignalRuleView } from '@adjutant/core';
import { countOf, formatMoment, html, type SafeHtml } from '@adjutant/insights';
import type { SignedInPerson } from '../../auth/principal.ts';
import { actionForm } from '../components/action-form.ts';
import { dataTable } from '../components/data-table.ts';
import { emptyState } from '../components/empty-state.ts';
import { pageSection } from '../components/page-head.ts';
import { mayLead } from '../may-lead.ts';
import { severityMark } from './severity-mark.ts';

/** Returns the rules that findings come from: whether each is heard of, and how it ran last. */
export function rulesPart(
  rules: readonly SignalRuleView[],
  person: SignedInPerson,
  timeZone: string,
): SafeHtml {
  const title = { id: 'rules', title: 'Rules' };
  if (rules.length === 0) {
    return pageSection(
      title,
      emptyState({
        title: 'No rules were given',
        expect: 'Rules look at what is open after each reading, and say what needs somebody.',
        next: { say: 'The command-line program brings them.', command: 'adjutant serve' },
      }),
    );
  }
  return pageSection(
    { ...title, lead: countOf(rules.length, 'rule') },
    dataTable({
      id: 'rule-list',
      caption: 'Rules and how they ran last',
      hasFilter: true,
      columns: [
        { id: 'rule', title: 'Rule' },
        { id: 'severity', title: 'Finds' },
        { id: 'ran', title: 'Last run' },
        { id: 'open', title: 'Open', isNumber: true },
        { id: 'heard', title: 'Heard of' },
      ],
      rows: rules.map((rule) => ruleRow(rule, mayLead(person), timeZone)),
    }),
  );
}

function ruleRow(
  rule: SignalRuleView,
  mayMute: boolean,
  timeZone: string,
): (SafeHtml | string | number)[] {
  const { id, title, description, severity, isMuted, ranAt, open, unknown, unknownReason, error } =
    rule;
  const trouble =
    error !== null
      ? html` <span class="mark high">failed</span> ${error}`
      : unknown > 0
        ? html` <span class="quiet">${unknown} could not be told${unknownReason !== null && html`: ${unknownReason}`}</span>`
        : null;
  const mute = mayMute
    ? actionForm({
        path: isMuted ? 'signals/unmute' : 'signals/mute',
        label: isMuted ? 'Hear of it again' : 'Mute',
        about: title,
        values: { ruleId: id },
      })
    : null;
  return [
    html`<span class="wide-cell">${title} <code>${id}</code><br><span class="quiet">${description}</span></span>`,
    severityMark(severity),
    html`<span class="wide-cell"><span class="unbroken">${ranAt === null ? 'never' : formatMoment(ranAt, timeZone)}</span>${trouble}</span>`,
    open,
    html`${isMuted ? 'no, muted' : 'yes'}${mute}`,
  ];
}
