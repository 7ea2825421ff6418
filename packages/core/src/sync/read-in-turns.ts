import type { StreamResult } from '../adjutant.ts';
import { isCredentialRefused } from './credential-refused.ts';
import type { Scope, StreamDefinition } from './define-connector.ts';
import type { Tally } from './read-stream.ts';
import type { CountingBudget } from './request-budget.ts';

/**
 * Requests after which another repository's backfill comes: most repositories are read within one
 * turn, and a large one gives way to the others some twenty times in the quota of an hour.
 */
const requestsPerTurn = 200;

/** One stream of one scope that a pass is to read. */
export interface Place {
  scope: Scope;
  stream: StreamDefinition<unknown, never>;
  isBackfill: boolean;
}

export interface TurnsOptions {
  places: readonly Place[];
  source: string;
  /** Whether the credential was refused already: then nothing is asked. */
  isRefused: boolean;
  budget: Pick<CountingBudget, 'used'>;
  isStopped(): boolean;
  /** Reads a place to its end, or until its turn is over: then null. */
  read(place: Place, tally: Tally, isTurnOver: () => boolean): Promise<StreamResult | null>;
  /** Told once of each place that was asked for. */
  note(place: Place, isRead: boolean): void;
}

/**
 * Reads every place once and returns the results in the order of the places. What was read before
 * comes first, because it costs little and is what people wait for. Then come the backfills, scope by
 * scope in turns of so many requests: a large repository cannot use up the quota before the small ones
 * had theirs. A source that is asked nothing, such as a clone, has nothing to share and no turns.
 */
export async function readInTurns(options: TurnsOptions): Promise<StreamResult[]> {
  const { places, source, budget } = options;
  const results = new Map<Place, StreamResult>();
  const tallies = new Map<Place, Tally>();
  let isRefused = options.isRefused;
  const settle = (place: Place, result: StreamResult): void => {
    results.set(place, result);
    options.note(place, result.outcome === 'complete');
    isRefused ||= isCredentialRefused(result.error);
  };
  /** Reads one after the other and returns those that are left when the turn is over. */
  const takeTurn = async (turn: readonly Place[], isTurnOver: () => boolean): Promise<Place[]> => {
    for (const [position, place] of turn.entries()) {
      if (options.isStopped()) return [];
      if (isRefused) {
        settle(place, unread(source, place, 'refused', tallies.get(place)));
        continue;
      }
      if (position > 0 && isTurnOver()) return turn.slice(position);
      const tally = tallies.get(place) ?? newTally();
      tallies.set(place, tally);
      const result = await options.read(place, tally, isTurnOver);
      if (result === null) return turn.slice(position);
      settle(place, result);
    }
    return [];
  };

  await takeTurn(
    places.filter(({ isBackfill }) => !isBackfill),
    () => false,
  );
  const waiting = byScope(places.filter(({ isBackfill }) => isBackfill));
  for (let turn = waiting.shift(); turn !== undefined; turn = waiting.shift()) {
    const from = budget.used;
    const left = await takeTurn(
      turn,
      () => waiting.length > 0 && budget.used - from >= requestsPerTurn,
    );
    if (left.length > 0) waiting.push(left);
  }
  return places.flatMap((place) => {
    const result = results.get(place);
    if (result !== undefined) return result;
    // Stopped while it waited for its next turn.
    const tally = tallies.get(place);
    return tally === undefined ? [] : unread(source, place, 'interrupted', tally);
  });
}

function byScope(places: readonly Place[]): Place[][] {
  const groups = new Map<Scope, Place[]>();
  for (const place of places) groups.set(place.scope, [...(groups.get(place.scope) ?? []), place]);
  return [...groups.values()];
}

function newTally(): Tally {
  return { records: 0, rowsChanged: 0, startedAt: null };
}

function unread(
  source: string,
  { scope, stream }: Place,
  outcome: 'refused' | 'interrupted',
  { records, rowsChanged } = newTally(),
): StreamResult {
  const place = { source, scope: scope.name, stream: stream.id };
  return { ...place, outcome, records, rowsChanged, error: null };
}
