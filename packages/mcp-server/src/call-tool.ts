import { AdjutantError, type Logger } from '@adjutant/core/ports';
import { hardBudgetTokens, tokensAbove } from './answer/answer-budget.ts';
import { answerForms } from './answer/answer-forms.ts';
import { type AssistantHandle, assistantHandle } from './assistant-handle.ts';
import type { ToolDefinition } from './define-tool.ts';
import { type ReadTexts, withReadTexts } from './read-texts.ts';
import type { Question, ToolCall } from './tool-call.ts';
import { failureFields, failureText, invalidInputText } from './tool-error.ts';

/** What a call of a tool answers: both forms of the same facts, or an error to act on. */
export type ToolAnswer =
  | { content: [{ type: 'text'; text: string }]; structuredContent: Record<string, unknown> }
  | { content: [{ type: 'text'; text: string }]; isError: true };

export interface CallContext {
  workspace: () => Promise<AssistantHandle>;
  logger: Logger;
  call: ToolCall;
  /** Where it is noted what outside texts are shown; nowhere unless given. */
  reads?: ReadTexts;
}

/** Runs one tool: validates, calls, bounds. Every failure becomes an answer that says what to do. */
export async function callTool(
  tool: ToolDefinition,
  input: unknown,
  context: CallContext,
): Promise<ToolAnswer> {
  const parsed = tool.inputSchema.safeParse(input ?? {});
  if (!parsed.success) {
    const fields = Object.keys(tool.inputSchema.shape);
    return told(invalidInputText(tool.name, parsed.error, fields));
  }
  const { reads, call } = context;
  const { signal } = call;
  let handle: AssistantHandle | null = null;
  try {
    signal.throwIfAborted();
    handle = assistantHandle(await context.workspace(), signal);
    const workspace = reads === undefined ? handle : withReadTexts(handle, reads);
    const answer = success(await tool.handler(parsed.data, workspace, call));
    signal.throwIfAborted();
    if ('structuredContent' in answer) reads?.note(handle, answer.structuredContent);
    return answer;
  } catch (error) {
    const answer = failure(tool, error, context);
    if (handle !== null) reads?.noteFailure(handle, answer.content[0].text);
    return answer;
  }
}

/** Returns the form that a tool wants shown before it is called; null for none. */
export async function questionOf(
  tool: ToolDefinition,
  input: unknown,
  { workspace, call }: CallContext,
): Promise<Question | null> {
  const parsed = tool.inputSchema.safeParse(input ?? {});
  if (!parsed.success || tool.question === undefined) return null;
  return tool.question(parsed.data, assistantHandle(await workspace(), call.signal), call);
}

/** Returns the answer to a call that failed, and notes it. */
export function failure(
  tool: Pick<ToolDefinition, 'name'>,
  error: unknown,
  { logger, call }: CallContext,
): ToolAnswer {
  // Nobody reads the answer to a call that was given up, and it is no failure of ours.
  if (!call.signal.aborted) {
    logger.log('error', 'tool failed', { tool: tool.name, ...failureFields(error) });
  }
  return told(failureText(error));
}

function success(answer: object): ToolAnswer {
  if (tokensAbove(answer, hardBudgetTokens) !== null) {
    throw new AdjutantError('InvalidInput', 'The answer would be too long.', {
      hint: 'Narrow it by window, repository or limit.',
    });
  }
  const forms = answerForms(answer);
  return {
    content: [{ type: 'text', text: forms.text() }],
    structuredContent: forms.structured,
  };
}

function told(text: string): ToolAnswer {
  return { content: [{ type: 'text', text }], isError: true };
}
