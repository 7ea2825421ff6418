import type { Command } from '../command-context.ts';
import { parseInput } from '../parse-input.ts';
import { askTrust, trustInputSchema } from '../trust/ask-trust.ts';

/** `adjutant trust [path] [--all] [--adopt] [--digest hex]`: what a configuration may do, and whether it may. */
export const trust: Command = async (context, raw) =>
  askTrust(context, parseInput(trustInputSchema, raw));
