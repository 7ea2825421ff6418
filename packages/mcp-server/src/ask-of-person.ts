import type { AssistantHandle } from './assistant-handle.ts';
import { questionText } from './question-text.ts';
import type { Question, ToolCall } from './tool-call.ts';

const preparingMs = 15_000;

/**
 * Returns the form for an action that waits for an ordinary yes. What needs proof that a person is
 * there is never asked this way: a client can fill in its own forms, and one that does so unasked is
 * refused and told of in the ledger. Nor is what a form could not show whole: the answer then names
 * the terminal and the page.
 */
export async function askOfPerson(
  actionId: string,
  actions: AssistantHandle['actions'],
  { signal, client }: ToolCall,
): Promise<Question | null> {
  const first = await actions.get(actionId);
  const action =
    first.status === 'preparing'
      ? await actions.await(actionId, { maxWaitMs: preparingMs, until: 'prepared', signal })
      : first;
  const { mode, assurance, payloadHash, revision } = action;
  if (action.status !== 'pending' || payloadHash === null) return null;
  const isOrdinary = mode === 'ask' && assurance === 'cooperative';
  const message = questionText(action);
  if (isOrdinary && message === null) return null;
  return {
    isShown: isOrdinary,
    message: message ?? '',
    binding: `${actionId}.${revision}.${payloadHash}`,
    async answered(verdict) {
      await actions.noteElicitedAnswer({ actionId, revision, payloadHash, verdict, client });
    },
  };
}
