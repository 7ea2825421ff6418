import { resolve } from 'node:path';
import { renderTeamReportPage, renderTeamReportText } from '@adjutant/insights';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { hasConfig } from '../config/find-config.ts';
import { exitCodes } from '../exit-codes.ts';
import { lookAt } from '../look-at.ts';
import { daysSchema, parseInput } from '../parse-input.ts';
import { programNames } from '../program-name.ts';
import { createPaint } from '../report-paint.ts';
import { writePage } from '../write-page.ts';

const inputSchema = z.object({
  path: z.string(),
  days: daysSchema.optional(),
  deploymentsFromTags: z.string().min(1).max(200).optional(),
  out: z.string().min(1),
  force: z.boolean().default(false),
  report: z.boolean(),
});

/** `adjutant look [path]` */
export const look: Command = async (context, raw) => {
  const { io, output } = context;
  const input = parseInput(inputSchema, raw);
  const { path, days, deploymentsFromTags: deploymentTags } = input;
  const report = await lookAt(context, { path, days, deploymentTags });
  const { adjutant } = programNames(io);
  const install = `${adjutant} mcp install --client claude`;
  const connectCommand = !hasConfig(io.cwd) ? `${adjutant} init && ${install}` : install;
  const pagePath = input.report ? resolve(io.cwd, input.out) : null;
  if (pagePath !== null)
    writePage(pagePath, renderTeamReportPage(report, { connectCommand }), input.force);
  const options = {
    paint: createPaint(output.colors),
    width: output.columns,
    pagePath,
    connectCommand,
  };
  output.answer({ pagePath, report }, () => renderTeamReportText(report, options).join('\n'));
  return exitCodes.ok;
};
