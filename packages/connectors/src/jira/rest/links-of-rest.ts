import type { WorkItemLink } from '@adjutant/core/domain';
import type { JiraConfig } from '../config.ts';
import type { IssuePayload } from '../map/issue-payload.ts';
import { type RestLink, restLinkSchema } from './rest-shapes.ts';

type Kind = WorkItemLink['kind'];
type Link = NonNullable<IssuePayload['links']>[number];

/** Words of a link, in small letters, as the issue shows them from which it goes. */
export type LinkWords = Readonly<Record<Kind, readonly string[]>>;

/** What Jira itself calls them, and the names of the types, which stay where a site words them anew. */
const ownWords: LinkWords = {
  blocks: ['blocks'],
  duplicates: ['duplicates'],
  relates: ['relates to'],
};
const kindByName: ReadonlyMap<string, Kind> = new Map([
  ['blocks', 'blocks'],
  ['duplicate', 'duplicates'],
  ['relates', 'relates'],
]);
const kinds: readonly Kind[] = ['blocks', 'duplicates', 'relates'];
/** Nobody reads more; a few issues that everything is tied to have thousands. */
const mostLinks = 500;

/** Returns the words by which links are told: Jira's own and those of the configuration. */
export function linkWordsOf(named: JiraConfig['linkWords']): LinkWords {
  const wordsOf = (kind: Kind): string[] => [
    ...new Set([...ownWords[kind], ...(named?.[kind] ?? []).map(plain)]),
  ];
  return {
    blocks: wordsOf('blocks'),
    duplicates: wordsOf('duplicates'),
    relates: wordsOf('relates'),
  };
}

/**
 * Returns the ties of an issue in the direction that they have, whichever side shows them; of links
 * that mean something else nothing. Null where the issue does not show its links.
 */
export function linksOfRest(
  issueId: string,
  links: readonly unknown[] | null | undefined,
  words: LinkWords,
): Link[] | null {
  if (links === null || links === undefined) return null;
  const found = new Map<string, Link>();
  for (const value of links.slice(0, mostLinks)) {
    const link = restLinkSchema.safeParse(value);
    const one = link.success ? linkOf(issueId, link.data, words) : null;
    if (one !== null) found.set(`${one.kind} ${one.from} ${one.to}`, one);
  }
  return [...found.values()];
}

function linkOf(issueId: string, link: RestLink, words: LinkWords): Link | null {
  const outward = link.outwardIssue?.id;
  const other = outward ?? link.inwardIssue?.id;
  const meaning = meaningOf(link.type, words);
  if (other === undefined || other === issueId || meaning === null) return null;
  const { kind, isReversed } = meaning;
  const isFromHere = (outward === undefined) === isReversed;
  const [from, to] = isFromHere ? [issueId, other] : [other, issueId];
  // Both sides say the same of each other: one row for the two.
  return kind === 'relates' && from > to ? { kind, from: to, to: from } : { kind, from, to };
}

/** What a type of link means, and whether its own direction is the other way round. */
function meaningOf(
  { name, inward, outward }: RestLink['type'],
  words: LinkWords,
): { kind: Kind; isReversed: boolean } | null {
  for (const [told, isReversed] of [
    [outward, false],
    [inward, true],
  ] as const) {
    const kind = kinds.find((one) => words[one].includes(plain(told ?? '')));
    if (kind !== undefined) return { kind, isReversed };
  }
  const kind = kindByName.get(plain(name ?? ''));
  return kind === undefined ? null : { kind, isReversed: false };
}

function plain(text: string): string {
  return text.trim().toLowerCase();
}
