import { z } from 'zod';
import { secretSchema, webhookSecretSchema } from '../http/secret.ts';

export const projectKeySchema = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]{0,254}$/, 'is the key of a project, such as PAY');

const linkWordsSchema = z.array(z.string().trim().min(1).max(100)).max(20).optional();

const fieldIdSchema = z.string().regex(/^customfield_\d{1,9}$/, 'is written customfield_10016');

/** The form of the connector's configuration, key by key. */
export const jiraConfigShape = {
  /** The site: https://NAME.atlassian.net. */
  site: z.string().min(1).max(500),
  /** Keys of the projects that are read; of no other one anything is asked for. */
  projects: z.array(projectKeySchema).min(1).max(200),
  /** The account of an API token; without it the token is sent as an OAuth bearer. */
  email: z.string().min(3).max(320).optional(),
  token: secretSchema.optional(),
  /** The host that the credential was entered for; it is refused for any other. */
  tokenHost: z.string().min(1).max(300).optional(),
  /** The account of the token for writing, where it is another one. */
  writeEmail: z.string().min(3).max(320).optional(),
  /** The credential for approved actions. Reading never uses it where another one is there. */
  writeToken: secretSchema.optional(),
  /** What Jira signs webhooks with; several while one is being changed for another. */
  webhookSecret: webhookSecretSchema.optional(),
  /** The client secret of the OAuth app whose dynamic webhooks carry a JWT. */
  webhookJwtSecret: webhookSecretSchema.optional(),
  /** The field that holds the estimate; told by the board and by its kind unless given. */
  pointsField: fieldIdSchema.optional(),
  /**
   * What issues say of links that mean one of these, as the issue shows it that blocks or duplicates
   * the other; beside what Jira itself calls them.
   */
  linkWords: z
    .strictObject({
      blocks: linkWordsSchema,
      duplicates: linkWordsSchema,
      relates: linkWordsSchema,
    })
    .optional(),
  /**
   * Asks Jira for accounts by addresses that other sources vouch for, because a profile may hide them.
   * It sends these addresses to Jira; it does not unless told.
   */
  lookUpAddresses: z.boolean().default(false),
  /** Leaves out what was last changed before this day or instant, when first read. */
  since: z.union([z.iso.date(), z.iso.datetime({ offset: true })]).optional(),
};

export const jiraConfigSchema = z
  .strictObject(jiraConfigShape)
  .refine(({ projects }) => new Set(projects).size === projects.length, {
    message: 'names a project twice',
    path: ['projects'],
  })
  .refine(
    ({ token, writeToken }) =>
      typeof token !== 'string' || typeof writeToken !== 'string' || token !== writeToken,
    { message: 'is the token for reading; make another one for writing', path: ['writeToken'] },
  );

export type JiraConfig = z.infer<typeof jiraConfigSchema>;

/** Returns the instant of `since`, or null. */
export function sinceOf(config: Pick<JiraConfig, 'since'>): number | null {
  return config.since === undefined ? null : Date.parse(config.since);
}
