-- name: newestPrompt
-- Our message of this chat that asked the onboarding's question, so that a typed answer changes it in place.
SELECT message_id FROM message_links
 WHERE bot_id = $1 AND chat_id = $2 AND role = 'prompt' AND data->>'prompt' = 'start'
 ORDER BY message_id DESC LIMIT 1;
