import type { Store } from '../store/store.ts';
import type { Scope } from '../sync/define-connector.ts';
import { type OpenHint, removeHints } from './webhook-hints.ts';

/** The hints that a pass over a source follows, and how far it came with them. */
export interface HintedPass {
  source: string;
  /** Whether a stream of a scope is hinted at. */
  isWanted(scope: Scope, streamId: string): boolean;
  /** Notes a stream that was asked for, and whether it was read to its end. */
  note(scope: Scope, streamId: string, isRead: boolean): void;
  /** Notes that every scope there is has been seen. */
  noteEnd(): void;
  followed(): OpenHint[];
}

/** Returns the pass over a source with these hints. */
export function createHintedPass(source: string, hints: readonly OpenHint[]): HintedPass {
  const read: Place[] = [];
  const unread: Place[] = [];
  let isWhole = false;
  const followed = (): OpenHint[] =>
    hints.filter((hint) => {
      if (unread.some((place) => isAt(hint, place))) return false;
      // Without having seen every scope, only what is named is known to be read. Once all are seen,
      // what no scope has, such as a repository that is not selected any more, is followed by nobody.
      return isWhole || (hint.scopeExternalId !== null && read.some((place) => isAt(hint, place)));
    });
  return {
    source,
    isWanted: ({ externalId }, stream) =>
      hints.some((hint) => isAt(hint, { scope: externalId, stream })),
    note({ externalId }, stream, isRead) {
      (isRead ? read : unread).push({ scope: externalId, stream });
    },
    noteEnd() {
      isWhole = true;
    },
    followed,
  };
}

interface Place {
  scope: string;
  stream: string;
}

function isAt({ scopeExternalId, stream }: OpenHint, place: Place): boolean {
  return stream === place.stream && (scopeExternalId ?? place.scope) === place.scope;
}

/**
 * Takes away what was followed, once all that follows from the rows is computed, so that a process that
 * dies before it leaves the hints to the next. While one is open its source's deliveries stay.
 */
export async function endHintedPasses(
  store: Store,
  workspaceId: string,
  passes: readonly HintedPass[],
): Promise<void> {
  for (const pass of passes) {
    const followed = pass.followed();
    if (followed.length > 0) {
      await store.transaction((transaction) =>
        removeHints(transaction, workspaceId, pass.source, followed),
      );
    }
  }
}
