import type { SprintReport, WorkspaceHandle } from '@adjutant/core';
import { neutralText } from '../../writing/neutral-text.ts';
import { type Block, bullets, lines, words } from '../cards/rich-text.ts';
import { type PersonalAnswer, said } from './answer-person.ts';

const mostCarried = 8;
type Amount = SprintReport['commitment'];

/** Returns how the sprint that runs stands, or the last one that did, as far as this viewer may see. */
export async function sprintHealth(handle: WorkspaceHandle): Promise<PersonalAnswer> {
  const { items } = await handle.sprints.list({ limit: 20 });
  const sprint =
    items.find(({ state }) => state === 'active') ?? items.find(({ state }) => state === 'closed');
  if (sprint === undefined) {
    return said('No sprint is known here. A source with boards has to be read first.');
  }
  const report = await handle.sprints.report(sprint.id);
  return { text: 'How the sprint stands.', blocks: blocksOf(report) };
}

function blocksOf(report: SprintReport): Block[] {
  const { sprint, commitment, added, removed, completed, carryOver, gaps } = report;
  const figures: [string, Amount][] = [
    ['Planned', commitment],
    ['Added later', added],
    ['Taken out', removed],
    ['Done', completed],
    [report.progress === 'so_far' ? 'Still open' : 'Carried over', carryOver],
  ];
  const open = report.items.filter(({ outcome }) => outcome === 'carried_over');
  const shown = open
    .slice(0, mostCarried)
    .map(({ key, title }) => [
      words(neutralText(key, 60), { code: true }),
      words(` ${neutralText(title, 150)}`),
    ]);
  const rest = open.length - shown.length;
  return [
    lines([
      [
        words(neutralText(sprint.name, 120), { bold: true }),
        words(`: ${progressWords[report.progress]}`),
      ],
    ]),
    bullets(
      figures.map(([name, amount]) => [
        words(`${name}: `, { bold: true }),
        words(amountText(amount)),
      ]),
    ),
    ...(shown.length === 0
      ? []
      : [bullets(rest > 0 ? [...shown, [words(`and ${rest} more`)]] : shown)]),
    ...(gaps.length === 0
      ? []
      : [lines([[words(`Known gaps: ${neutralText(gaps.join(', '), 300)}`, { italic: true })]])]),
  ];
}

const progressWords: Readonly<Record<SprintReport['progress'], string>> = {
  not_started: 'has not begun',
  so_far: 'so far',
  final: 'is over',
  unknown_end: 'ended at a time that nobody knows',
};

/** Unknown is said, and never shown as nothing. */
function amountText(amount: Amount): string {
  if (amount === null) return 'unknown';
  const { items, points, unestimated } = amount;
  const inPoints = points === null ? '' : `, ${points} points`;
  const without = unestimated > 0 ? `, ${unestimated} without an estimate` : '';
  return `${items} items${inPoints}${without}`;
}
