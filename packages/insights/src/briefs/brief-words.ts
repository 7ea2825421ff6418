import { countOf, formatWindow } from '../format.ts';
import { quotedName } from '../outside-text/quoted-name.ts';
import { trustedPage } from '../report/code-host.ts';
import type { Brief, BriefLine, BriefSection } from './brief.ts';

const idCharacters = 8;

/** Returns what a brief is called: what it is, of whom, of when. */
export function briefHeading({ title, team, window, timeZone, kind }: Brief): string {
  const whose = team === null ? '' : ` of ${quotedName(team)}`;
  return kind === 'today' || kind === 'triage'
    ? `${title}${whose}`
    : `${title}${whose}, ${formatWindow(window, timeZone)}`;
}

/** Returns how many rows a sentence follows from, and where to see them. */
export function evidenceWords(evidence: readonly string[], findingId: string | null): string {
  const rows = countOf(evidence.length, 'row');
  return findingId === null
    ? `${rows}: ${evidence.slice(0, 2).map(shortId).join(', ')}`
    : `${rows}: signal ${shortId(findingId)}`;
}

/** The end of an id tells rows apart that were made in the same moment; its beginning does not. */
function shortId(id: string): string {
  return id.length <= 2 * idCharacters ? id : id.slice(-idCharacters);
}

/** Returns how many lines a section leaves out; null where it leaves out none. */
export function moreWords({ total, lines }: BriefSection): string | null {
  return total > lines.length ? `and ${countOf(total - lines.length, 'more', 'more')}.` : null;
}

/** Returns the title of what a line is about, fit to stand in quotation marks; null without one. */
export function titleOf({ about }: Pick<BriefLine, 'about'>): string | null {
  const title = about?.title ?? null;
  return title === null ? null : title.replaceAll(/[„“”‟]/g, "'");
}

/**
 * Returns the page of what a line is about; null where there is none at a host that is known. Whoever
 * made the brief, nothing else is opened, and no address ends the link that it stands in.
 */
export function pageOf({ about }: Pick<BriefLine, 'about'>): string | null {
  const page = trustedPage(about?.url ?? null);
  return page?.replaceAll(/[()[\]]/g, encoded) ?? null;
}

function encoded(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
}
