import { viewerLabel } from '@adjutant/core/domain';
import { z } from 'zod';
import type { Command, CommandContext } from '../command-context.ts';
import { parseDuration } from '../duration.ts';
import { exitCodes } from '../exit-codes.ts';
import { type OpenAdjutant, withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';
import { syncRepeatedly } from '../sync-repeatedly.ts';

const inputSchema = z.object({
  port: z
    .string()
    .regex(/^\d{1,5}$/, 'write a port, such as 4747')
    .transform(Number)
    .refine((port) => port <= 65_535, 'write a port up to 65535'),
  every: z.string().transform(parseDuration).optional(),
});

/** `adjutant serve [--port n] [--every 15m]`: the page, and the worker behind it, until Ctrl-C. */
export const serve: Command = async (context, raw) => {
  const { io } = context;
  const { port, every: everyMs } = parseInput(inputSchema, raw);
  return withAdjutant(context, async (opened) => {
    const { adjutant } = opened;
    const { serveLocal } = await import('@adjutant/gateway');
    const approvers = adjutant.approvers();
    const page = await serveLocal({
      approvers,
      actionsFor: (viewer) => adjutant.workspace().as(viewer).actions,
      clock: context.clock,
      port,
    });
    try {
      const owner = await adjutant.owner();
      const { token } = await approvers.createLoginLink(owner);
      await tell(context, opened, page.origin, page.linkFor(token));
      await Promise.all([
        adjutant.workActions({ signal: io.signal }),
        ...(everyMs === undefined ? [] : [syncRepeatedly(context, adjutant, everyMs)]),
      ]);
      return exitCodes.interrupted;
    } finally {
      await page.close();
    }
  });
};

/** Says where the page is, who signs in by the link, and how sure a decision here can be. */
async function tell(
  { output }: CommandContext,
  { adjutant, handle }: Pick<OpenAdjutant, 'adjutant' | 'handle'>,
  origin: string,
  link: string,
): Promise<void> {
  const grade = await adjutant.approvers().grade();
  const policy = await adjutant.policy();
  const waiting = policy?.waiting ?? null;
  const told = { origin, link, signsIn: viewerLabel(handle.viewer), assurance: grade.assurance };
  output.answer({ ...told, policyWaits: waiting !== null }, () =>
    [
      `Approvals: ${origin}`,
      `Sign in once, within five minutes: ${link}`,
      '',
      `A decision here can prove: ${grade.assurance}. ${grade.reasons.join(' ')}`,
      ...(grade.nextStep === null ? [] : [grade.nextStep]),
      ...(waiting === null
        ? []
        : [
            '',
            'The policy file asks for less than what holds; that waits for an approval as policy.update.',
          ]),
      '',
      'This process carries out what is approved, until Ctrl-C.',
    ].join('\n'),
  );
}
