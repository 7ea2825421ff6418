import { z } from 'zod';
import { secretSchema, webhookSecretSchema } from '../http/secret.ts';
import { publicApiUrl } from './client/api-address.ts';
import { webhookUrlSchema } from './webhooks/webhook-url.ts';

/** A repository as owner/name. */
export const repositoryNameSchema = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,100}\/[A-Za-z0-9_.-]{1,100}$/, 'is written owner/name');

const workflowSchema = z.union([
  z.string().min(1).max(200),
  z.strictObject({
    /** File name below .github/workflows, or the workflow's number. */
    workflow: z.string().min(1).max(200),
    environment: z.string().min(1).max(100).default('production'),
    /** False for one that only builds and tests. */
    deploys: z.boolean().default(true),
    /** Reads the jobs of its runs too: one more request for each run that is over. */
    jobs: z.boolean().default(false),
  }),
]);

const deploymentSourceSchema = z.enum(['deployments', 'workflow_runs', 'releases', 'tags']);
export type DeploymentSource = z.infer<typeof deploymentSourceSchema>;

/** The form of the connector's configuration, key by key. */
export const githubConfigShape = {
  /** Repositories as owner/name; others are never asked for. */
  repositories: z.array(repositoryNameSchema).max(10_000).default([]),
  /** Organization whose members and teams are read, and whose repositories `select` picks from. */
  organization: z
    .string()
    .regex(/^[A-Za-z0-9_.-]{1,100}$/, 'is the login of an organization')
    .optional(),
  /** Patterns of repository names in the organization: `*` is any characters, `?` is one. */
  select: z.array(z.string().min(1).max(200)).min(1).optional(),
  baseUrl: z.string().min(1).max(500).default(publicApiUrl),
  token: secretSchema.optional(),
  /** Installation of a GitHub App, in place of a token. */
  app: z
    .strictObject({
      appId: z.union([z.string().min(1).max(100), z.number().int()]),
      installationId: z.coerce.number().int().positive(),
      privateKey: secretSchema,
    })
    .optional(),
  /** The credential for approved actions. Reading never uses it where another one is there. */
  writeToken: secretSchema.optional(),
  /** What GitHub signs webhooks with; several while one is being changed for another. */
  webhookSecret: webhookSecretSchema.optional(),
  /** Where GitHub sends webhooks: actions may register this address and no other. */
  webhookUrl: webhookUrlSchema.optional(),
  /** Workflows that deploy nothing, by repository or `*`; only these may be run again without high risk. */
  nonDeployingWorkflows: z
    .record(z.string(), z.array(z.string().min(1).max(200)).max(100))
    .default({}),
  /** Further account names and first words that programs obey when they stand in a comment. */
  commandWords: z.array(z.string().min(1).max(100)).max(200).default([]),
  /** The host that the credential was entered for; it is refused for any other. */
  tokenHost: z.string().min(1).max(300).optional(),
  /** Workflows that are read, by repository or `*`: those that deploy. */
  workflows: z.record(z.string(), z.array(workflowSchema).max(50)).default({}),
  /** Where deployments are looked for, in order; the first that has any is used. */
  deploymentSources: z
    .array(deploymentSourceSchema)
    .min(1)
    .default(['deployments', 'workflow_runs']),
  /** Pattern of the tags that are deployments, where `deploymentSources` names tags. */
  deploymentTags: z.string().min(1).max(200).default('*'),
  /** Names of the environments that count as production; told by name unless given. */
  productionEnvironments: z.array(z.string().min(1).max(255)).min(1).optional(),
  /**
   * Which files are read as documents: READMEs, documentation, runbooks and decisions unless told; patterns
   * of paths in place of them, or none.
   */
  documents: z
    .union([z.boolean(), z.array(z.string().min(1).max(200)).min(1).max(100)])
    .default(true),
  /** Reads who used Copilot on which day: personal data, for which somebody has to ask. */
  copilotUsage: z.boolean().default(false),
  /** Leaves out what was last changed before this day or instant, when first read. */
  since: z.union([z.iso.date(), z.iso.datetime({ offset: true })]).optional(),
};

export const githubConfigSchema = z
  .strictObject(githubConfigShape)
  .refine((config) => config.repositories.length > 0 || config.organization !== undefined, {
    message: 'names neither repositories nor an organization',
    path: ['repositories'],
  })
  .refine((config) => config.select === undefined || config.organization !== undefined, {
    message: 'picks from an organization, which is not named',
    path: ['select'],
  })
  .refine((config) => !config.copilotUsage || config.organization !== undefined, {
    message: 'reads reports of an organization, which is not named',
    path: ['copilotUsage'],
  })
  .refine((config) => config.token === undefined || config.app === undefined, {
    message: 'stands beside an app; give one of the two',
    path: ['token'],
  })
  .refine(
    ({ token, writeToken }) =>
      typeof token !== 'string' || typeof writeToken !== 'string' || token !== writeToken,
    { message: 'is the token for reading; make another one for writing', path: ['writeToken'] },
  );

export type GithubConfig = z.infer<typeof githubConfigSchema>;

/** Returns the instant of `since`, or null. */
export function sinceOf(config: Pick<GithubConfig, 'since'>): number | null {
  return config.since === undefined ? null : Date.parse(config.since);
}

/** A workflow whose runs are read. */
export interface NamedWorkflow {
  workflow: string;
  environment: string;
  deploys: boolean;
  jobs: boolean;
}

/** Returns the workflows named for a repository, its own and those for all. */
export function workflowsOf(
  config: Pick<GithubConfig, 'workflows'>,
  fullName: string,
): NamedWorkflow[] {
  const wanted = fullName.toLowerCase();
  return Object.entries(config.workflows)
    .filter(([name]) => name === '*' || name.toLowerCase() === wanted)
    .flatMap(([, list]) =>
      list.map((entry) =>
        typeof entry === 'string'
          ? { workflow: entry, environment: 'production', deploys: true, jobs: false }
          : entry,
      ),
    );
}

/** True where a workflow, by its file name, path or number, is said to deploy nothing. */
export function isNonDeploying(
  config: Pick<GithubConfig, 'nonDeployingWorkflows'>,
  fullName: string,
  workflow: { id: number; path: string },
): boolean {
  const file = workflow.path.split('/').at(-1);
  return Object.entries(config.nonDeployingWorkflows)
    .filter(([name]) => name === '*' || name.toLowerCase() === fullName.toLowerCase())
    .flatMap(([, names]) => names)
    .some((name) => name === String(workflow.id) || name === workflow.path || name === file);
}
