import { z } from 'zod';

/**
 * Where GitHub is to send webhooks. Written as a browser writes it, so that what is shown is what is
 * sent; without a query, which might hold a secret.
 */
export const webhookUrlSchema = z
  .string()
  .max(500)
  .refine(
    isPlainHttps,
    'is an https address as a browser shows it, without user, query or fragment',
  );

function isPlainHttps(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return (
    url.protocol === 'https:' &&
    url.username === '' &&
    url.password === '' &&
    url.search === '' &&
    url.hash === '' &&
    url.href === text
  );
}
