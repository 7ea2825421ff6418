import { randomBytes } from 'node:crypto';
import {
  acceptedContent,
  CLIENT_CAPABILITIES_META_KEY,
  createRequestStateCodec,
  inputRequired,
  type InputRequiredResult,
  inputResponse,
  ProtocolError,
  ProtocolErrorCode,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { ServedTool } from '../../server-extension.ts';
import { suiteTool, text } from './content-tools.ts';

const nameSchema = z.object({ name: z.string() });
const colorSchema = z.object({ color: z.string() });
const okSchema = z.object({ ok: z.boolean() });
const sentSchema = z.object({ prompt: z.string().optional(), message: z.string().optional() });
const stateSchema = z.object({ step: z.number() });
const declaredSchema = z.object({
  elicitation: z.object({}).optional(),
  sampling: z.object({}).optional(),
});
const envelopeSchema = z.object({ [CLIENT_CAPABILITIES_META_KEY]: declaredSchema });

// Signed with a key of this process: what a client echoes is not trusted.
const states = createRequestStateCodec({ key: randomBytes(32) });

const elicit = (message: string, requestedSchema: z.ZodObject) =>
  inputRequired.elicit({ message, requestedSchema });
const sample = (prompt: string, maxTokens = 100) =>
  inputRequired.createMessage({
    messages: [{ role: 'user', content: { type: 'text', text: prompt } }],
    maxTokens,
  });
type Requests = NonNullable<Parameters<typeof inputRequired>[0]['inputRequests']>;

async function ask(inputRequests: Requests, step?: number): Promise<InputRequiredResult> {
  if (step === undefined) return inputRequired({ inputRequests });
  return inputRequired({ inputRequests, requestState: await states.mint({ step }) });
}

/** Returns the round that a signed state stands for; 0 where there is none. */
async function stepOf(context: ServerContext): Promise<number> {
  const state = context.mcpReq.requestState<string>();
  if (state === undefined) return 0;
  try {
    return stateSchema.parse(await states.verify(state, context)).step;
  } catch {
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'requestState is not ours.');
  }
}

async function askName({ mcpReq }: ServerContext) {
  const accepted = acceptedContent(mcpReq.inputResponses, 'user_name', nameSchema);
  if (accepted !== undefined) return text(`Hello, ${accepted.name}!`);
  return ask({ user_name: elicit('What is your name?', nameSchema) });
}

async function askModel({ mcpReq }: ServerContext, prompt: string) {
  const view = inputResponse(mcpReq.inputResponses, 'capital_question');
  if (view.kind === 'sampling') return text(`It said: ${JSON.stringify(view.result.content)}`);
  return ask({ capital_question: sample(prompt) });
}

async function askRoots({ mcpReq }: ServerContext) {
  const view = inputResponse(mcpReq.inputResponses, 'client_roots');
  if (view.kind === 'roots') return text(view.roots.map(({ uri }) => uri).join(', '));
  return ask({ client_roots: inputRequired.listRoots() });
}

async function confirm(context: ServerContext) {
  if ((await stepOf(context)) === 1) return text('state-ok');
  return ask({ confirm: elicit('Please confirm', okSchema) }, 1);
}

async function askAll(context: ServerContext) {
  if ((await stepOf(context)) === 1) return text('All three answered.');
  const requests = {
    user_name: elicit('What is your name?', nameSchema),
    greeting: sample('Generate a greeting', 50),
    client_roots: inputRequired.listRoots(),
  };
  return ask(requests, 1);
}

async function askTwice(context: ServerContext) {
  const step = await stepOf(context);
  if (step === 2) return text('Both steps answered.');
  if (step === 1) return ask({ step2: elicit('Which colour?', colorSchema) }, 2);
  return ask({ step1: elicit('What is your name?', nameSchema) }, 1);
}

/** Asks only for what the client declared that it can do. */
async function askWithin({ mcpReq }: ServerContext) {
  const { [CLIENT_CAPABILITIES_META_KEY]: declared } = envelopeSchema.parse(mcpReq.envelope);
  return ask({
    ...(declared.elicitation === undefined ? {} : { name: elicit('Your name?', nameSchema) }),
    ...(declared.sampling === undefined ? {} : { greeting: sample('Say hello') }),
  });
}

async function askForm({ mcpReq }: ServerContext, message: string, form: Form) {
  const view = inputResponse(mcpReq.inputResponses, 'form');
  if (view.kind === 'elicit') {
    return text(`action=${view.action}, content=${JSON.stringify(view.content ?? {})}`);
  }
  return ask({ form: inputRequired.elicit({ message, requestedSchema: form }) });
}
type Form = Parameters<typeof inputRequired.elicit>[0]['requestedSchema'];

const defaultsForm: Form = {
  type: 'object',
  properties: {
    name: { type: 'string', default: 'John Doe' },
    age: { type: 'integer', default: 30 },
    score: { type: 'number', default: 95.5 },
    status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' },
    verified: { type: 'boolean', default: true },
  },
};
const plain = ['option1', 'option2', 'option3'];
const titled = [
  { const: 'value1', title: 'First' },
  { const: 'value2', title: 'Second' },
];
const enumsForm: Form = {
  type: 'object',
  properties: {
    untitledSingle: { type: 'string', enum: plain },
    titledSingle: { type: 'string', oneOf: titled },
    legacyEnum: { type: 'string', enum: ['opt1', 'opt2'], enumNames: ['One', 'Two'] },
    untitledMulti: { type: 'array', items: { type: 'string', enum: plain } },
    titledMulti: { type: 'array', items: { anyOf: titled } },
  },
};

/** The tools of the suite that need something of the client before they answer. */
export const inputTools: readonly ServedTool[] = [
  suiteTool('test_input_required_result_elicitation', askName),
  suiteTool('test_input_required_result_sampling', (context) =>
    askModel(context, 'What is the capital of France?'),
  ),
  suiteTool('test_input_required_result_list_roots', askRoots),
  suiteTool('test_input_required_result_request_state', confirm),
  suiteTool('test_input_required_result_tampered_state', confirm),
  suiteTool('test_input_required_result_multiple_inputs', askAll),
  suiteTool('test_input_required_result_multi_round', askTwice),
  suiteTool('test_input_required_result_capabilities', askWithin),
  suiteTool('test_streaming_elicitation', askName),
  // The SDK refuses it for a client that has not declared sampling, which is what is tested.
  suiteTool('test_missing_capability', (context) => askModel(context, 'Say hello')),
  suiteTool('test_sampling', (context, input) =>
    askModel(context, sentSchema.parse(input).prompt ?? ''),
  ),
  suiteTool('test_elicitation', (context, input) =>
    askForm(context, sentSchema.parse(input).message ?? '', defaultsForm),
  ),
  suiteTool('test_elicitation_sep1034_defaults', (context) =>
    askForm(context, 'Correct what is wrong', defaultsForm),
  ),
  suiteTool('test_elicitation_sep1330_enums', (context) => askForm(context, 'Choose', enumsForm)),
];
