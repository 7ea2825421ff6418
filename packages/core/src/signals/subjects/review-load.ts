import { sql } from 'drizzle-orm';
import type { TeamSubject } from '../../domain/signal-subjects/team-subject.ts';
import { readColumns } from '../../store/json-columns.ts';
import { yieldToEventLoop } from '../../store/yield-to-event-loop.ts';
import { keyOf, type SubjectContext } from '../subject-context.ts';
import { lastFullWeeks, type Weeks } from './full-weeks.ts';
import { type ReviewEvent, loadReviewEvents } from './review-events.ts';
import { largestShareBand } from './share-band.ts';
import { timeSlices } from './time-slices.ts';

const fullWeeks = 4;
const sliceMs = 86_400_000;
/** From this share on the one who gave most counts as having given much in a week. */
const heavyShare = 0.4;
const mostEvidence = 1_000;

type Load = Pick<
  TeamSubject,
  | 'reviewerCount'
  | 'openReviewRequests'
  | 'largestReviewShare'
  | 'largestReviewSince'
  | 'reviewsGiven'
  | 'largestGivenShare'
  | 'largestGivenSince'
  | 'evidence'
>;

interface Review {
  requestId: string;
  teamId: string | null;
  person: string;
  at: number;
}

/** Returns how reviews are shared in each team, by its id; what nobody owns is the default team's. */
export async function loadReviewLoad(
  context: SubjectContext,
  defaultTeamId: string,
): Promise<Map<string, Load>> {
  const weeks = lastFullWeeks(context, fullWeeks);
  const given = await loadGiven(context, weeks.starts[0] ?? weeks.currentStart);
  const waiting = await loadWaiting(context);
  const teams = new Set([...given, ...waiting].map(({ teamId }) => teamId ?? defaultTeamId));
  const ofTeam = (reviews: readonly Review[], team: string): Review[] =>
    reviews.filter(({ teamId }) => (teamId ?? defaultTeamId) === team);
  return new Map(
    [...teams].map((team) => [team, loadOf(ofTeam(given, team), ofTeam(waiting, team), weeks)]),
  );
}

function loadOf(given: readonly Review[], waiting: readonly Review[], weeks: Weeks): Load {
  const reviewers = new Set([...given, ...waiting].map(({ person }) => person));
  // Each share stands on those who are behind it: who is only asked is no cover for who gives.
  const largestReviewShare = largestShareBand(countsOf(waiting));
  const largestGivenShare = largestShareBand(countsOf(given));
  const starts = [...weeks.starts, weeks.currentStart];
  return {
    reviewerCount: reviewers.size,
    openReviewRequests: waiting.length,
    largestReviewShare,
    largestReviewSince:
      largestReviewShare === null ? null : waitingSince(largestGroup(waiting), starts),
    reviewsGiven: given.length,
    largestGivenShare,
    largestGivenSince: largestGivenShare === null ? null : givenSince(given, starts),
    evidence: [...new Set([...waiting, ...given].map(({ requestId }) => requestId))].slice(
      0,
      mostEvidence,
    ),
  };
}

function countsOf(reviews: readonly Review[]): number[] {
  return [...Map.groupBy(reviews, ({ person }) => person).values()].map(({ length }) => length);
}

/** The week in which the first was asked for, not its instant: that would be one person's. */
function waitingSince(largest: readonly Review[], starts: readonly number[]): number | null {
  const first = largest.reduce((least, { at }) => Math.min(least, at), Number.POSITIVE_INFINITY);
  return starts.findLast((start) => start <= first) ?? starts[0] ?? null;
}

/** The first of the last weeks in a row in which the one who gave most gave two fifths or more. */
function givenSince(given: readonly Review[], starts: readonly number[]): number | null {
  const [most] = largestGroup(given);
  let began: number | null = null;
  for (const [position, start] of [...starts.entries()].toReversed()) {
    const end = starts[position + 1] ?? Number.POSITIVE_INFINITY;
    const inWeek = given.filter(({ at }) => at >= start && at < end);
    if (inWeek.length === 0) continue;
    const own = inWeek.filter(({ person }) => person === most?.person);
    if (own.length / inWeek.length < heavyShare) break;
    began = start;
  }
  return began ?? starts[0] ?? null;
}

/** The reviews of the one who has most; the first by name where two have as many. */
function largestGroup(reviews: readonly Review[]): readonly Review[] {
  const groups = [...Map.groupBy(reviews, ({ person }) => person)].toSorted(([one], [other]) =>
    one < other ? -1 : 1,
  );
  return groups.reduce<readonly Review[]>(
    (largest, [, group]) => (group.length > largest.length ? group : largest),
    [],
  );
}

/** A pull request counts once for everybody who reviewed it, at their first review in these weeks. */
async function loadGiven(context: SubjectContext, from: number): Promise<Review[]> {
  const { read, now } = context;
  const accounts = await context.accounts();
  const followers = await context.followers();
  const repositories = await context.repositories();
  const given = new Map<string, Review>();
  for (const slice of timeSlices(from, now + 1, sliceMs)) {
    const columns = await readColumns(
      read.store.read,
      ['requestId', 'source', 'repository', 'author', 'reviewer', 'at'],
      sql`select p.id as "requestId", p.source, p.repository_external_id as repository,
          p.author_account_external_id as author, e.actor_account_external_id as reviewer,
          min(e.at) as at
        from pull_request_events e join pull_requests p on p.workspace_id = e.workspace_id
          and p.source = e.source and p.external_id = e.pull_request_external_id
        where e.workspace_id = ${read.workspaceId} and e.kind = 'review' and e.at >= ${slice.from}
          and e.at < ${slice.to} and e.actor_account_external_id is not null
        group by p.id, e.actor_account_external_id`,
    );
    await yieldToEventLoop();
    const [ids = [], sources = [], places = [], authors = [], reviewers = [], instants = []] =
      columns;
    for (const [row, requestId] of ids.entries()) {
      const source = String(sources[row]);
      const key = keyOf(source, String(places[row]));
      const reviewer = keyOf(source, String(reviewers[row]));
      const account = accounts.get(reviewer);
      const isByAuthor = authors[row] === reviewers[row];
      if (followers.has(key) || account === undefined || account.isBot || isByAuthor) continue;
      const first = `${String(requestId)}\n${reviewer}`;
      if (given.has(first)) continue;
      given.set(first, {
        requestId: String(requestId),
        teamId: repositories.get(key)?.teamId ?? null,
        person: account.personId ?? reviewer,
        at: Number(instants[row]),
      });
    }
  }
  return [...given.values()];
}

/** Reviews that people are asked for, of pull requests that are open and no drafts, and have not given. */
async function loadWaiting(context: SubjectContext): Promise<Review[]> {
  const { read, now, isPast } = context;
  const { workspaceId } = read;
  const isOpen = isPast
    ? sql`p.opened_at <= ${now} and coalesce(p.merged_at, p.closed_at, ${now} + 1) > ${now}`
    : sql`p.state = 'open'`;
  const columns = await readColumns(
    read.store.read,
    ['id', 'source', 'externalId', 'repository'],
    sql`select p.id, p.source, p.external_id as "externalId",
        p.repository_external_id as repository
      from pull_requests p where p.workspace_id = ${workspaceId} and ${isOpen}
        and coalesce(p.is_draft, 0) = 0`,
  );
  const [ids = [], sources = [], externalIds = [], places = []] = columns;
  const followers = await context.followers();
  const requests = ids
    .map((id, row) => ({
      id: String(id),
      source: String(sources[row]),
      externalId: String(externalIds[row]),
      key: keyOf(String(sources[row]), String(places[row])),
    }))
    .filter(({ key }) => !followers.has(key));
  const events = await loadReviewEvents(context, requests);
  const accounts = await context.accounts();
  const repositories = await context.repositories();
  return requests.flatMap(({ id, source, externalId, key }) => {
    const asked = askedAt(events.get(keyOf(source, externalId)) ?? [], now);
    return [...asked].flatMap(([subject, at]): Review[] => {
      const account = accounts.get(keyOf(source, subject));
      // Groups and programs are asked too; neither is a person who reviews.
      if (account === undefined || account.isBot) return [];
      const person = account.personId ?? keyOf(source, subject);
      return [{ requestId: id, teamId: repositories.get(key)?.teamId ?? null, person, at }];
    });
  });
}

/** Who is asked and has not answered since, and since when. */
function askedAt(events: readonly ReviewEvent[], now: number): Map<string, number> {
  const asked = new Map<string, number>();
  for (const { kind, subject, actor, at } of events) {
    if (at > now) continue;
    if (kind === 'review_requested' && subject !== null) asked.set(subject, at);
    else if (kind === 'review_request_removed' && subject !== null) asked.delete(subject);
    else if (kind === 'review' && actor !== null) asked.delete(actor);
  }
  return asked;
}
