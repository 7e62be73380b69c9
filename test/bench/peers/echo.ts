/** The peer for throughput: Express and grammY by their books. Stores each update by one insert, answers with its words. */
import express from 'express';
import { Bot, webhookCallback } from 'grammy';
import pg from 'pg';

const { BOT_TOKEN = '', API_ROOT = '', DATABASE_URL = '' } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10 });
await pool.query(
  'CREATE TABLE IF NOT EXISTS stored (update_id bigint PRIMARY KEY, body jsonb NOT NULL, at timestamptz NOT NULL DEFAULT now())',
);

const bot = new Bot(BOT_TOKEN, { client: { apiRoot: API_ROOT } });
bot.on('message:text', async (context) => {
  await pool.query('INSERT INTO stored (update_id, body) VALUES ($1, $2)', [
    context.update.update_id,
    JSON.stringify(context.update),
  ]);
  await context.reply(context.message.text);
});

const app = express();
app.use(express.json());
app.use('/hook', webhookCallback(bot, 'express', { secretToken: 'bench' }));
const server = app.listen(0, '127.0.0.1', async () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await bot.api.setWebhook(`http://127.0.0.1:${port}/hook`, { secret_token: 'bench', max_connections: 40 });
  process.send?.({ ready: true });
});
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));
