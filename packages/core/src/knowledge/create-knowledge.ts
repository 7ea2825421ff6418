import type { ReadContext } from '../reads/read-context.ts';
import { dataWithoutSecrets, questionWithoutSecrets } from '../redaction/secrets-only.ts';
import { readIndexLag } from '../search/index-lag.ts';
import { ask, type KnowledgeDeps } from './ask.ts';
import type { Knowledge } from './handle.ts';
import { searchWorkspace } from './search-workspace.ts';
import { whoKnows } from './who-knows.ts';

/** Returns what documents say, as one viewer may read it. */
export function createKnowledge(context: ReadContext, deps: KnowledgeDeps): Knowledge {
  return {
    // What was looked for stands in the answer.
    ask: async ({ question, ...rest }) =>
      ask(context, deps, {
        ...dataWithoutSecrets(rest),
        question: questionWithoutSecrets(question),
      }),
    search: async ({ text, ...rest }) =>
      searchWorkspace(context, deps, {
        ...dataWithoutSecrets(rest),
        text: questionWithoutSecrets(text),
      }),
    whoKnows: async (about) => whoKnows(context, deps, questionWithoutSecrets(about)),
    indexLag: () => readIndexLag(context.store, context.workspaceId, context.clock.now()),
  };
}
