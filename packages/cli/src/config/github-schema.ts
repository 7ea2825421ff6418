import { z } from 'zod';
import { credentialSchema, receivedSecretSchema } from './credential-schema.ts';
import { addressSchema } from './place-schema.ts';

const text = z.string().trim().min(1, 'must not be empty').max(1_000, 'is too long');

const credential = credentialSchema('GITHUB_TOKEN');

const workflowSchema = z.union([
  text,
  z.strictObject({
    workflow: text,
    environment: text.default('production'),
    deploys: z.boolean().default(true),
    jobs: z.boolean().default(false),
  }),
]);

/** The form of `connectors.github`; what it means stands in docs/connectors/github.md. */
export const githubSchema = z
  .strictObject({
    repositories: z
      .array(text.regex(/^[\w.-]+\/[\w.-]+$/, 'is written owner/name'))
      .max(10_000)
      .optional(),
    organization: text.optional(),
    select: z.array(text).min(1).optional(),
    baseUrl: addressSchema.optional(),
    token: credential.optional(),
    /** For approved actions alone; never the one that reads. */
    writeToken: credential.optional(),
    app: z
      .strictObject({
        appId: z.union([text, z.number().int()]),
        installationId: z.union([text, z.number().int()]),
        /** Stored as connector:github:read where no variable is named. */
        privateKey: credential.optional(),
      })
      .optional(),
    workflows: z.record(z.string(), z.array(workflowSchema)).optional(),
    /** Workflows that deploy nothing, by repository or `*`. */
    nonDeployingWorkflows: z.record(z.string(), z.array(text).max(100)).optional(),
    /** Names and first words that programs obey in a comment. */
    commandWords: z.array(text).max(200).optional(),
    deploymentSources: z
      .array(z.enum(['deployments', 'workflow_runs', 'releases', 'tags']))
      .min(1)
      .optional(),
    deploymentTags: text.optional(),
    productionEnvironments: z.array(text).min(1).optional(),
    /** Which files are read as documents; READMEs, documentation, runbooks and decisions unless told. */
    documents: z.union([z.boolean(), z.array(text.max(200)).min(1).max(100)]).optional(),
    /** Who used Copilot on which day: personal data, so only where you ask for it. */
    copilotUsage: z.boolean().optional(),
    /** What GitHub signs webhooks with. */
    webhookSecret: receivedSecretSchema('GITHUB_WEBHOOK_SECRET').optional(),
    /** Where webhooks arrive: the only address that may be registered. */
    webhookUrl: addressSchema.optional(),
    /** Leaves out what was last changed before this day, when first read. */
    since: z.iso.date('is written as a day, such as 2026-01-31').optional(),
  })
  .refine(
    ({ repositories = [], organization }) => repositories.length > 0 || organization !== undefined,
    {
      message: 'names neither repositories nor an organization',
      path: ['repositories'],
    },
  )
  .refine(({ select, organization }) => select === undefined || organization !== undefined, {
    message: 'picks from an organization, which is not named',
    path: ['select'],
  })
  .refine(({ token, app }) => token === undefined || app === undefined, {
    message: 'stands beside an app; give one of the two',
    path: ['token'],
  });
export type GithubSection = z.infer<typeof githubSchema>;
