import { z } from 'zod';
import type { ToolScope } from '../call-scopes.ts';
import { shownText } from '../answer/neutralise.ts';

/** One MCP prompt: what a person picks, and what it tells their assistant to do with the tools. */
export interface PromptDefinition<Arguments extends z.ZodObject = z.ZodObject> {
  name: string;
  /** What a token needs to see it: that of the tools that it leads to. */
  scope: ToolScope;
  title: string;
  description: string;
  /** All of them are texts: the protocol knows no others. */
  argsSchema: Arguments;
  /** Returns the steps, in order; what holds for all prompts follows by itself. */
  steps(given: z.output<Arguments>): string[];
}

/** Returns the definition unchanged; types the steps by its arguments. */
export function definePrompt<Arguments extends z.ZodObject>(
  definition: PromptDefinition<Arguments>,
): PromptDefinition<Arguments> {
  return definition;
}

const wordMaxCharacters = 200;

/** A word that names something, such as the key of a team. */
export const wordArgument = z.string().trim().min(1).max(wordMaxCharacters);

/** A day. */
export const dayArgument = z.iso.date('is a day, such as 2026-01-31');

/**
 * Returns an argument as it stands in a step: on one line, in quotes, so that it ends where it ends, and
 * without secrets.
 */
export function quoted(argument: string, maxCharacters: number = wordMaxCharacters): string {
  return JSON.stringify(shownText(argument, maxCharacters));
}

/** Returns the part of a call that narrows it to a team; nothing where none was named. */
export function teamInput(team: string | undefined): string {
  return team === undefined ? '' : `, team ${quoted(team)}`;
}
