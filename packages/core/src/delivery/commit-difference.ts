export interface DifferenceInput {
  /** Null compares with nothing: all that the later commit reaches is the difference. */
  from: string | null;
  to: string;
  parentsOf: (sha: string) => readonly string[] | undefined;
  /** Called now and then, so that a long history does not hold the event loop. */
  pause: () => Promise<void>;
}

const visitsBetweenPauses = 4_000;

/**
 * Returns the commits that one commit reaches, itself included, and another one does not, in the
 * order in which they are met; null where either is not in the known history.
 */
export async function commitDifference(input: DifferenceInput): Promise<string[] | null> {
  const { from, to, parentsOf, pause } = input;
  if (from === to) return [];
  if (parentsOf(to) === undefined || (from !== null && parentsOf(from) === undefined)) return null;
  const old = new Set(from === null ? [] : [from]);
  await reach(old, parentsOf, pause);
  const found = new Set(old.has(to) ? [] : [to]);
  const newParentsOf = (sha: string) => parentsOf(sha)?.filter((parent) => !old.has(parent));
  await reach(found, newParentsOf, pause);
  return [...found];
}

/** Adds to a set of commits all that they reach. A set that grows while it is walked is walked to its end. */
async function reach(
  reached: Set<string>,
  parentsOf: DifferenceInput['parentsOf'],
  pause: DifferenceInput['pause'],
): Promise<void> {
  let visits = 0;
  for (const sha of reached) {
    for (const parent of parentsOf(sha) ?? []) reached.add(parent);
    visits += 1;
    if (visits % visitsBetweenPauses === 0) await pause();
  }
}
