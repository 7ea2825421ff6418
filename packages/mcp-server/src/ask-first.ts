import {
  CLIENT_CAPABILITIES_META_KEY,
  createRequestStateCodec,
  inputRequired,
  type InputRequiredResult,
  inputResponse,
  type McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { Question } from './tool-call.ts';

const formKey = 'decision';
const formSchema = z.object({ decision: z.enum(['approve', 'decline']) });
const stateSchema = z.object({ binding: z.string() });
const minutesToAnswer = 10;

// Signed with a key of this process: what a client echoes is not trusted. After a restart the form
// is shown again.
const createStates = () =>
  createRequestStateCodec<z.infer<typeof stateSchema>>({
    key: crypto.getRandomValues(new Uint8Array(32)),
    ttlSeconds: minutesToAnswer * 60,
  });
let made: ReturnType<typeof createStates> | undefined;
const states = () => (made ??= createStates());

const envelopeSchema = z.object({
  [CLIENT_CAPABILITIES_META_KEY]: z.object({ elicitation: z.object({}).optional() }),
});

/** Whether the client of this request can show a form. */
export function canShowForms(server: McpServer['server'], { mcpReq }: ServerContext): boolean {
  // Each request of the newer revisions says it; in the older ones the session did.
  const envelope = envelopeSchema.safeParse(mcpReq.envelope);
  const declared = envelope.success
    ? envelope.data[CLIENT_CAPABILITIES_META_KEY]
    : // oxlint-disable-next-line typescript/no-deprecated -- The sessions of 2025 say it nowhere else.
      server.getClientCapabilities();
  return declared?.elicitation !== undefined;
}

/**
 * Returns the form that the person is to be shown, or null once there is nothing to ask: answered,
 * put away, or never needed. Putting a form away decides nothing.
 */
export async function askFirst(
  question: Question,
  context: ServerContext,
): Promise<InputRequiredResult | null> {
  const view = inputResponse(context.mcpReq.inputResponses, formKey);
  if (view.kind !== 'elicit') return question.isShown ? form(question) : null;
  if (view.action !== 'accept') return null;
  if (!question.isShown) {
    const unasked = formSchema.safeParse(view.content);
    if (unasked.success) await question.answered(unasked.data.decision);
    return null;
  }
  // An answer to what was shown earlier is not an answer to what would be shown now.
  if ((await bindingOf(context)) !== question.binding) return form(question);
  const content = formSchema.safeParse(view.content);
  if (content.success) await question.answered(content.data.decision);
  return null;
}

async function form({ message, binding }: Question): Promise<InputRequiredResult> {
  return inputRequired({
    inputRequests: { [formKey]: inputRequired.elicit({ message, requestedSchema: formSchema }) },
    requestState: await states().mint({ binding }),
  });
}

async function bindingOf(context: ServerContext): Promise<string | null> {
  const state = context.mcpReq.requestState<string>();
  if (state === undefined) return null;
  try {
    return stateSchema.parse(await states().verify(state, context)).binding;
  } catch {
    return null;
  }
}
