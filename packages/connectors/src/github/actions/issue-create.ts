import type { AnyActionDefinition } from '@adjutant/core';
import { z } from 'zod';
import type { GithubConfig } from '../config.ts';
import { issueAction } from '../writing/new-issues.ts';
import { outgoingLineSchema } from '../../writing/outgoing-text-schema.ts';
import {
  labelNamesSchema,
  loginSchema,
  outgoingSchema,
  repositoryNameSchema,
} from '../writing/payloads.ts';

const payloadSchema = z.strictObject({
  repository: repositoryNameSchema,
  title: outgoingLineSchema(),
  body: outgoingSchema(),
  labels: labelNamesSchema.optional(),
  assignees: z.array(loginSchema).max(10).optional(),
});

/** Opens an issue. */
export function issueCreate(config: GithubConfig): AnyActionDefinition {
  return issueAction(config, {
    id: 'issue.create',
    title: 'Open an issue',
    inputSchema: payloadSchema,
    toIssue: ({ labels = [], assignees = [], ...issue }) => ({ ...issue, labels, assignees }),
    isQuiet: false,
  });
}
