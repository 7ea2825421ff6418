import { digestHeads, headIds } from '../heads.ts';
import type { GitRepository } from '../open-repository.ts';
import { haveCommits, isOnFirstParentLine, listCommits } from '../revisions.ts';
import type { Heads, HistoryState } from './history-state.ts';

/** How the way from what was read to what is there now is gone. */
export type PassPlan =
  | { kind: 'nothing' }
  /** Everything, because nothing that was read before tells anything. */
  | { kind: 'full'; lostTrack: boolean }
  /** Only what came on top of the old default branch. */
  | { kind: 'onward'; boundary: string; fresh: ReadonlySet<string>; from: readonly string[] }
  /** History was rewritten or joined another way: all is walked, what differs is given. */
  | {
      kind: 'difference';
      oldHead: string | null;
      fresh: ReadonlySet<string>;
      gone: ReadonlySet<string>;
      from: readonly string[];
    };

type Done = NonNullable<HistoryState['done']>;

/** Returns how to get from the last finished pass to the given heads. */
export async function planPass(
  repository: GitRepository,
  done: Done | null,
  target: Heads,
): Promise<PassPlan> {
  if (done === null) return { kind: 'full', lostTrack: false };
  if (done.digest === digestHeads(target)) return { kind: 'nothing' };
  if (done.since !== target.since || done.shallow !== target.shallow) {
    return { kind: 'full', lostTrack: false };
  }
  const before = headIds(done);
  const now = headIds(target);
  if (!(await haveCommits(repository, before))) return { kind: 'full', lostTrack: true };
  const fresh = new Set(await listCommits(repository, now, before));
  const gone = new Set(await listCommits(repository, before, now));
  const goesOn =
    gone.size === 0 &&
    done.sha !== null &&
    target.sha !== null &&
    (await isOnFirstParentLine(repository, done.sha, target.sha));
  if (goesOn && done.sha !== null) {
    // Old tags beside the default branch would only be walked again.
    const from = now.filter((sha) => fresh.has(sha) || sha === target.sha);
    return { kind: 'onward', boundary: done.sha, fresh, from };
  }
  return {
    kind: 'difference',
    oldHead: done.sha,
    fresh,
    gone,
    from: [...new Set([...now, ...before])],
  };
}
