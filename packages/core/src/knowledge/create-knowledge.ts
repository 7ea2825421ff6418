import type { ReadContext } from '../reads/read-context.ts';
import { readIndexLag } from '../search/index-lag.ts';
import { ask, type KnowledgeDeps } from './ask.ts';
import type { Knowledge } from './handle.ts';
import { searchWorkspace } from './search-workspace.ts';
import { whoKnows } from './who-knows.ts';

/** Returns what documents say, as one viewer may read it. */
export function createKnowledge(context: ReadContext, deps: KnowledgeDeps): Knowledge {
  return {
    ask: (query) => ask(context, deps, query),
    search: (query) => searchWorkspace(context, deps, query),
    whoKnows: (about) => whoKnows(context, deps, about),
    indexLag: () => readIndexLag(context.store, context.workspaceId, context.clock.now()),
  };
}
