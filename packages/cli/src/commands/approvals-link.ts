import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';
import { portSchema } from '../port-schema.ts';
import { makeSignInLink } from '../sign-in-link.ts';

const inputSchema = z.object({ port: portSchema });

/** `adjutant approvals link [--port n]` */
export const approvalsLink: Command = async (context, raw) => {
  const { port } = parseInput(inputSchema, raw);
  return withAdjutant(context, async (opened) => {
    const made = await makeSignInLink(opened, { port });
    context.output.answer(made, () => `Sign in once, within five minutes: ${made.link}`);
    return exitCodes.ok;
  });
};
