import type { Gap } from '../domain.ts';
import type { Follower } from './choose-leads.ts';

/** Where the notes stand among the gaps; no connector has a stream of this name. */
export const leadStream = 'repository-lead';

/** Returns what a person is told about a repository that two sources show. */
export function leadGap({ follower, lead }: Follower, titles: ReadonlyMap<string, string>): Gap {
  const title = (source: string): string => titles.get(source) ?? source;
  const [other, used] = [title(follower.source), title(lead.source)];
  const waits = follower.active && follower.showsReviews && !follower.complete;
  return {
    source: follower.source,
    scopeExternalId: follower.externalId,
    stream: leadStream,
    code: waits ? 'richer_source_incomplete' : 'read_from_two_sources',
    message: waits
      ? `${other} is still being read for the first time; until it is complete, figures use ${used}.`
      : `Also read from ${other}; figures use ${used}, so that nothing counts twice.`,
    affectedCount: null,
    touches: null,
  };
}
