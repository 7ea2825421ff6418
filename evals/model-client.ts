import { z } from 'zod';

/**
 * A model behind any service that speaks the chat completions API:
 * `ADJUTANT_EVALS_MODEL_KEY` (without it the part is skipped), `ADJUTANT_EVALS_MODEL` (its name) and
 * `ADJUTANT_EVALS_MODEL_URL` (up to `/chat/completions`).
 */
export interface ModelPlace {
  key: string;
  model: string;
  url: string;
}

export function modelPlace(environment: NodeJS.ProcessEnv): ModelPlace | null {
  const key = environment['ADJUTANT_EVALS_MODEL_KEY'] ?? '';
  const model = environment['ADJUTANT_EVALS_MODEL'] ?? '';
  const url = environment['ADJUTANT_EVALS_MODEL_URL'] ?? '';
  return key === '' || model === '' || url === '' ? null : { key, model, url };
}

export interface OfferedTool {
  name: string;
  description: string;
  inputSchema: unknown;
}

const callSchema = z.object({
  id: z.string(),
  function: z.object({ name: z.string(), arguments: z.string() }),
});
const answerSchema = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({
          content: z.string().nullish(),
          tool_calls: z.array(callSchema).nullish(),
        }),
      }),
    )
    .min(1),
});

/** Asks a model, lets it call tools, and returns what it said in the end and how many calls it made. */
export async function askModel(
  place: ModelPlace,
  {
    question,
    tools,
    mostCalls,
  }: { question: string; tools: readonly OfferedTool[]; mostCalls: number },
  call: (name: string, input: unknown) => Promise<string>,
): Promise<{ said: string; calls: string[] }> {
  const messages: unknown[] = [{ role: 'user', content: question }];
  const calls: string[] = [];
  for (;;) {
    const { content, tool_calls: asked } = await complete(place, messages, tools);
    if (asked === null || asked === undefined || asked.length === 0) {
      return { said: content ?? '', calls };
    }
    messages.push({ role: 'assistant', content: content ?? null, tool_calls: asked });
    for (const { id, function: wanted } of asked) {
      calls.push(wanted.name);
      const answer =
        calls.length > mostCalls
          ? 'There are no calls left: answer now.'
          : await call(wanted.name, parsed(wanted.arguments));
      messages.push({ role: 'tool', tool_call_id: id, content: answer });
    }
    if (calls.length > mostCalls + 2) return { said: '', calls };
  }
}

async function complete(place: ModelPlace, messages: unknown[], tools: readonly OfferedTool[]) {
  const answer = await fetch(`${place.url.replace(/\/$/, '')}/chat/completions`, {
    method: 'POST',
    redirect: 'error',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${place.key}` },
    body: JSON.stringify({
      model: place.model,
      messages,
      tools: tools.map(({ name, description, inputSchema: parameters }) => ({
        type: 'function',
        function: { name, description, parameters },
      })),
    }),
    signal: AbortSignal.timeout(120_000),
  });
  if (!answer.ok) throw new Error(`The model answers with ${answer.status}.`);
  const [first] = answerSchema.parse(await answer.json()).choices;
  if (first === undefined) throw new Error('The model says nothing.');
  return first.message;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text === '' ? '{}' : text);
  } catch {
    return {};
  }
}
