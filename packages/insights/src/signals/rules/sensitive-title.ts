import { defineSignal } from '@adjutant/core/domain';
import { z } from 'zod';
import { commentOn } from '../proposals.ts';

/** A pull request whose title holds what everybody who is told of it should not read. */
export const sensitiveTitle = defineSignal(
  {
    id: 'sensitive-title',
    version: 1,
    title: 'What looks like a secret or personal data in a title',
    description:
      'A pull request, open or merged in the last fourteen days, whose title holds what looks like a secret or like data about a person: titles are copied into mails, chats and release notes. A secret is severe. It is over once the title no longer holds it; whoever saw it before has seen it, so a secret has to be replaced all the same. How a title read in the past is not known.',
    subject: 'pull_request',
    severity: 'medium',
    params: z.object({
      secretsOnly: z.boolean().default(false).describe('Leaves out data about persons'),
    }),
    evaluate(request, { params }) {
      const hasSecret = request.sensitiveKinds.includes('secret');
      if (request.sensitiveKinds.length === 0 || (params.secretsOnly && !hasSecret)) return null;
      if (request.openedAt === null)
        return { unknown: 'its source does not show when it was opened' };
      const what = hasSecret ? 'a secret' : 'data about a person';
      return {
        since: request.openedAt,
        severity: hasSecret ? 'high' : 'medium',
        sentence: `The title of ${request.key} holds what looks like ${what}.`,
        facts: { hasSecret, hasPersonalData: request.sensitiveKinds.includes('personal_data') },
        evidence: [request.id],
      };
    },
    suggest: (request) =>
      commentOn(
        request,
        'The title of this pull request holds something that should not stand there. Please change it; a secret has to be replaced as well.',
      ),
  },
  'shipped',
);
