import type { AnyActionDefinition } from '@adjutant/core';
import { z } from 'zod';
import type { GithubConfig } from '../config.ts';
import { issueAction } from '../writing/new-issues.ts';
import { outgoingLineSchema } from '../../writing/outgoing-text-schema.ts';
import { labelNamesSchema, outgoingSchema, repositoryNameSchema } from '../writing/payloads.ts';

const urgent = /^(?:p(?:rio(?:rity)?)?\s*[-:/]?\s*)?(?:0|1|blocker|critical|high|highest|urgent)$/i;
const payloadSchema = z.strictObject({
  repository: repositoryNameSchema,
  title: outgoingLineSchema(),
  body: outgoingSchema(10_000),
  labels: labelNamesSchema
    .refine((names) => !names.some((name) => urgent.test(name)), 'says that it is urgent')
    .optional(),
});

/** Opens an issue that is not urgent: it is nobody's task yet and calls nobody. */
export function issueCreateLow(config: GithubConfig): AnyActionDefinition {
  return issueAction(config, {
    id: 'issue.create.low',
    title: 'Open an issue of low priority',
    inputSchema: payloadSchema,
    toIssue: ({ labels = [], ...issue }) => ({ ...issue, labels, assignees: [] }),
    isQuiet: true,
  });
}
