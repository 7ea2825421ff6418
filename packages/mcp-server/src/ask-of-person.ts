import { boundedText } from './answer/bounded-text.ts';
import type { AssistantHandle } from './assistant-handle.ts';
import type { Question, ToolCall } from './tool-call.ts';

const preparingMs = 15_000;

/**
 * Returns the form for an action that waits for an ordinary yes. What needs proof that a person is
 * there is never asked this way: a client can fill in its own forms, and one that does so unasked is
 * refused and told of in the ledger.
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
  const { mode, assurance, payloadHash, revision, preview } = action;
  if (action.status !== 'pending' || payloadHash === null) return null;
  const facts = (preview?.facts ?? []).map(({ label, value }) => `${label}: ${value}`);
  const reached = (preview?.recipients ?? []).join(', ');
  const lines = [
    `${action.title}: ${action.targetRef ?? ''}`,
    ...facts,
    `Reaches: ${reached === '' ? 'nobody else' : reached}`,
    ...(preview?.content ? [`Text: ${preview.content}`] : []),
  ];
  return {
    isShown: mode === 'ask' && assurance === 'cooperative',
    message: lines.map((line) => boundedText(line)).join('\n'),
    binding: `${actionId}.${revision}.${payloadHash}`,
    async answered(verdict) {
      await actions.noteElicitedAnswer({ actionId, revision, payloadHash, verdict, client });
    },
  };
}
