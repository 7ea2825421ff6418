import { z } from 'zod';

export const gitConfigSchema = z.strictObject({
  /** Folders of clones, or folders inside them. */
  repositories: z.array(z.string().min(1)).min(1),
  /** Says which tags are deployments. Without it no tag is one. */
  deployments: z
    .strictObject({
      /** Pattern of tag names: `*` stands for any characters, `?` for one. */
      tags: z.string().min(1).max(200),
      environment: z.string().min(1).max(100).default('production'),
    })
    .optional(),
  /** The branch that pull requests are merged into, where the clone does not tell. */
  defaultBranch: z.string().min(1).max(250).optional(),
  /**
   * Which files are read as documents: READMEs, documentation, runbooks and decisions unless told; patterns
   * of paths in place of them, or none.
   */
  documents: z.union([z.boolean(), z.array(z.string().min(1).max(200)).min(1).max(100)]).optional(),
  /** Leaves out history from before this day or instant. */
  since: z.union([z.iso.date(), z.iso.datetime({ offset: true })]).optional(),
});

export type GitConfig = z.infer<typeof gitConfigSchema>;
