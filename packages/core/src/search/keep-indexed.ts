import type { Clock } from '../clock.ts';
import { AdjutantError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Store } from '../store/store.ts';
import { refreshSearch } from './refresh-search.ts';
import type { SearchFeed } from './search-feed.ts';
import type { SearchIndex } from './search-index.ts';

interface IndexingDeps {
  store: Store;
  clock: Clock;
  logger: Logger;
  index: SearchIndex;
  feeds: readonly SearchFeed[];
}

/** Of the two minutes in which something is to be found, a long pass takes no more than this. */
const meanwhileMs = 30_000;

/**
 * Returns, for a workspace, what indexes all that waits, and what does so only now and then, for a
 * pass that goes on for long. An index that fails stops neither: what waits is indexed next time.
 */
export function keepIndexed(deps: IndexingDeps): (workspaceId: string) => {
  indexAll: (signal?: AbortSignal) => Promise<void>;
  indexMeanwhile: () => Promise<void>;
} {
  const { logger, clock } = deps;
  return (workspaceId) => {
    let lastAt = clock.now();
    const indexAll = async (signal?: AbortSignal): Promise<void> => {
      try {
        await refreshSearch({ ...deps, workspaceId }, signal);
      } catch (error) {
        const code = AdjutantError.isInstance(error) ? error.code : 'Unexpected';
        logger.log('error', 'What was written could not be indexed; it waits.', { code });
      } finally {
        lastAt = clock.now();
      }
    };
    return {
      indexAll,
      indexMeanwhile: async () => {
        if (clock.now() - lastAt >= meanwhileMs) await indexAll();
      },
    };
  };
}
