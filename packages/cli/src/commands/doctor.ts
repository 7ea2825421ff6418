import { wrapToWidth } from '@adjutant/insights';
import type { Command } from '../command-context.ts';
import type { Check } from '../doctor/checks.ts';
import { runDoctor } from '../doctor/run-doctor.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Output } from '../output.ts';

/** `adjutant doctor` */
export const doctor: Command = async (context) => {
  const { output } = context;
  const checks = await runDoctor(context);
  output.answer({ checks }, () => checks.flatMap((check) => checkLines(check, output)).join('\n'));
  return checks.some(({ state }) => state === 'failed') ? exitCodes.failed : exitCodes.ok;
};

function checkLines({ state, message, hint }: Check, { colors, columns }: Output): string[] {
  const signs = { ok: colors.green('✓'), note: colors.yellow('–'), failed: colors.red('✗') };
  const lines = wrapToWidth(message, columns - 2, 4);
  const next = hint === null ? [] : wrapToWidth(`→ ${hint}`, columns - 2, 4);
  return [...lines, ...next].map((line, index) => `${index === 0 ? signs[state] : ' '} ${line}`);
}
