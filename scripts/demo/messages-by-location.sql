-- Messages by location, channel and direction. What happened to deals and the like is told in conversations too
-- (`TYPE_ACTIVITY_…`), but nobody wrote it.
WITH sent AS (
  SELECT
    *,
    CASE
      WHEN message_type LIKE '%EMAIL%' THEN 'e-mail'
      WHEN message_type LIKE '%SMS%' THEN 'SMS'
      WHEN message_type LIKE '%CALL%' OR message_type LIKE '%VOICEMAIL%' THEN 'call'
      ELSE 'chat'
    END AS channel,
    coalesce(meta ->> '$.call.duration', meta ->> '$.call_duration') AS call_seconds
  FROM messages
  WHERE message_type NOT LIKE 'TYPE_ACTIVITY%'
)
SELECT
  locations.name AS location,
  sent.channel,
  count(*) FILTER (sent.direction = 'inbound') AS inbound,
  count(*) FILTER (sent.direction = 'outbound') AS outbound,
  count(*) FILTER (sent.status IN ('failed', 'undelivered')) AS failed,
  count(*) FILTER (sent.direction = 'inbound' AND sent.date_added >= now() - INTERVAL 7 DAY) AS inbound_7_days,
  count(*) FILTER (sent.direction = 'outbound' AND sent.date_added >= now() - INTERVAL 7 DAY) AS outbound_7_days,
  sum(CAST(sent.call_seconds AS DOUBLE)) / 60 AS minutes
FROM sent
JOIN locations USING (location_id)
GROUP BY location, location_id, sent.channel
ORDER BY location, location_id, sent.channel;
