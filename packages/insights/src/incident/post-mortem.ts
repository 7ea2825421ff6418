import { formatMinute, speakHours } from '../format.ts';
import { markdownText } from '../outside-text/markdown-text.ts';
import type { IncidentTimeline } from './incident-timeline.ts';

const hourMs = 3_600_000;
const roleWords = { lead: 'Lead', communication: 'Communication', scribe: 'Scribe' } as const;

/**
 * Returns what is known of an incident as a Markdown document to be finished by people: its facts are
 * filled in, what nobody can read from rows stands as a question, and it blames nobody.
 */
export function renderPostMortem(incident: IncidentTimeline): string {
  return [
    `# ${markdownText(incident.key, 80)}: ${markdownText(incident.title)}`,
    '',
    '_What happened and how to make it less likely. It looks at how things are set up, and asks of nobody whose fault it was._',
    '',
    ...facts(incident),
    ...section('What happened', ['…']),
    ...section(
      'Timeline (UTC)',
      incident.lines.map(
        ({ at, text, title }) =>
          `- ${formatMinute(at)} ${markdownText(text, 400)}${title === null ? '' : ` “${markdownText(title)}”`}`,
      ),
    ),
    ...section(
      'What it may come from',
      incident.suspects.length === 0
        ? ['No deployment near it is suspected.']
        : incident.suspects.map(
            ({ name, finishedAt, reasons }, place) =>
              `${place + 1}. ${markdownText(name, 200)}, ${formatMinute(finishedAt)} UTC: ${markdownText(reasons.join('; '), 600)}.`,
          ),
    ),
    ...section(
      'Open questions',
      incident.openQuestions.map((question) => `- ${question}`),
    ),
    ...section('What follows', followUpTable(incident)),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return [`## ${title}`, '', ...lines, ''];
}

function facts(incident: IncidentTimeline): string[] {
  const { createdAt, acknowledgedAt, resolvedAt, service, severity, roles } = incident;
  const rows: [string, string][] = [
    ['Service', service === null ? 'unknown' : markdownText(service, 80)],
    ['Severity', severity === null ? 'unknown' : markdownText(severity, 80)],
    ['Began', `${formatMinute(createdAt)} UTC`],
    ['Taken after', spanWords(createdAt, acknowledgedAt, 'unknown')],
    ['Restored after', spanWords(createdAt, resolvedAt, 'not yet')],
    ...Object.entries(roleWords).map(([role, word]): [string, string] => [
      word,
      cell(roles.find((holder) => holder.role === role)?.displayName ?? 'nobody named'),
    ]),
  ];
  return ['| | |', '| --- | --- |', ...rows.map(([name, value]) => `| ${name} | ${value} |`), ''];
}

function spanWords(from: number, to: number | null, otherwise: string): string {
  return to === null
    ? otherwise
    : `${speakHours(Math.max(0, to - from) / hourMs)} (${formatMinute(to)} UTC)`;
}

function followUpTable({ followUps }: IncidentTimeline): string[] {
  const rows = followUps.map(({ reference, owner, dueDay, isOpen }) => {
    const state = isOpen === null ? 'unknown' : isOpen ? 'open' : 'done';
    return `| ${cell(reference)} | ${cell(owner?.displayName ?? 'nobody yet')} | ${dueDay ?? 'no day'} | ${state} |`;
  });
  return [
    '| what | who | until | state |',
    '| --- | --- | --- | --- |',
    ...(rows.length === 0 ? ['| … | … | … | … |'] : rows),
  ];
}

function cell(text: string): string {
  return markdownText(text, 80).replaceAll(/(?<!\\)\|/g, '\\|');
}
