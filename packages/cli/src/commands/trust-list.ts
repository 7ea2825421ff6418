import { plainText } from '@adjutant/insights';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { trustMemory } from '../trust/trust-memory.ts';
import { capabilityLines } from '../trust/trust-text.ts';

/** `adjutant trust list`: what is trusted on this machine, and with what. */
export const trustList: Command = async ({ io, output }) => {
  const trusted = trustMemory(io).list();
  output.answer({ trusted }, () =>
    trusted.length === 0
      ? 'No configuration is trusted on this machine.'
      : trusted
          .map(({ path, trustedAt, capabilities }) =>
            [
              `${output.colors.bold(plainText(path, 1_000))}, since ${new Date(trustedAt).toISOString().slice(0, 10)}`,
              ...capabilityLines(capabilities),
            ].join('\n'),
          )
          .join('\n\n'),
  );
  return exitCodes.ok;
};
