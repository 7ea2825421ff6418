import { signalSeveritySchema } from '@adjutant/core/domain';
import { countOf, formatMoment, html, type SafeHtml } from '@adjutant/insights';
import { dataTable } from '../components/data-table.ts';
import { emptyState } from '../components/empty-state.ts';
import { freshness } from '../components/freshness.ts';
import { pageHead, pageSection } from '../components/page-head.ts';
import { pager } from '../components/pager.ts';
import { changedAddress } from '../components/query-links.ts';
import { definePage } from '../define-page.ts';
import { severityMark } from '../views/severity-mark.ts';

const shown = 50;

/** What rules found: what needs somebody. */
export const signalsPage = definePage({
  path: '/signals',
  title: 'Findings',
  role: 'member',
  hasFilters: false,
  async render({ handle, person, url }) {
    const asked = url.searchParams;
    const severity = signalSeveritySchema.safeParse(asked.get('atLeast')).data;
    const isMine = asked.get('of') === 'me';
    const isPast = asked.get('state') === 'resolved';
    const withHidden = asked.get('hidden') === 'yes';
    const page = await handle.signals.list({
      limit: shown,
      withHidden,
      ...(asked.get('cursor') === null ? {} : { cursor: asked.get('cursor') ?? '' }),
      ...(severity === undefined ? {} : { atLeast: severity }),
      ...(isMine ? { assignedPersonId: person.viewer.personId } : {}),
      ...(isPast ? { state: 'resolved' } : {}),
    });
    const choices: readonly (readonly [label: string, isChosen: boolean, href: string])[] = [
      ['All open', !isMine && !isPast && severity === undefined, '/signals'],
      ['Given to me', isMine, changedAddress(url, { of: isMine ? '' : 'me', cursor: '' })],
      [
        'Now',
        severity === 'high',
        changedAddress(url, { atLeast: severity === 'high' ? '' : 'high', cursor: '' }),
      ],
      [
        'Soon and now',
        severity === 'medium',
        changedAddress(url, { atLeast: severity === 'medium' ? '' : 'medium', cursor: '' }),
      ],
      [
        'Hidden too',
        withHidden,
        changedAddress(url, { hidden: withHidden ? '' : 'yes', cursor: '' }),
      ],
      ['Past', isPast, changedAddress(url, { state: isPast ? '' : 'resolved', cursor: '' })],
    ];
    const { items, total, nextCursor, meta } = page;
    const nothing =
      total > 0
        ? null
        : meta.syncedAt === null
          ? emptyState({
              title: 'No rule has looked yet',
              expect:
                'After each reading, rules look at what is open and say what needs somebody: a review that waits, a build that fails, a release that does not come.',
              next: { say: 'Read the sources once.', command: 'adjutant sync' },
            })
          : emptyState({
              title: isPast ? 'Nothing is past' : 'Nothing is open here',
              expect: 'A finding stands here for as long as what it says is so.',
              next: {
                say: 'See which rules there are, and when they ran last.',
                link: { href: '/settings#rules', label: 'Rules' },
              },
            });
    const table =
      items.length === 0
        ? null
        : dataTable({
            id: 'findings',
            caption: 'Findings, the gravest first',
            hasFilter: true,
            columns: [
              { id: 'what', title: 'What' },
              { id: 'severity', title: 'When' },
              { id: 'repository', title: 'Repository' },
              { id: 'since', title: 'Since' },
            ],
            rows: items.map((finding) => [
              html`<a class="wide-cell" href="/signals/${encodeURIComponent(finding.id)}">${finding.sentence}</a>${finding.subjectTitle !== null && html`<span class="quoted">“${finding.subjectTitle}”</span>`}`,
              html`${severityMark(finding.severity)}${finding.isMuted && html` <span class="quiet">muted</span>`}${finding.snoozedUntil !== null && html` <span class="quiet">until ${formatMoment(finding.snoozedUntil, handle.timeZone)}</span>`}`,
              finding.repository ?? '–',
              formatMoment(finding.since, handle.timeZone),
            ]),
          });
    return {
      body: html`${pageHead('Findings', `${countOf(total, isPast ? 'past finding' : 'finding')}. No rule judges a person.`)}${switcher(choices)}${pageSection({ id: 'list', title: isPast ? 'Past' : 'Open' }, [nothing, table, total > 0 ? pager({ url, shown: items.length, total, nextCursor, noun: 'finding' }) : null])}${freshness({ meta, timeZone: handle.timeZone })}`,
    };
  },
});

function switcher(
  choices: readonly (readonly [label: string, isChosen: boolean, href: string])[],
): SafeHtml {
  const links = choices.map(([label, isChosen, href]) =>
    isChosen
      ? html`<li><a href="${href}" aria-current="true">${label}</a></li>`
      : html`<li><a href="${href}">${label}</a></li>`,
  );
  return html`<nav class="switch" aria-label="Which findings"><ul>${links}</ul></nav>`;
}
