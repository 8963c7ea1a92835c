-- Revenue by location and currency: what was paid, less what was given back; and what is still owed on invoices.
-- Payments in test mode do not count. A payment that was given back keeps its amount beside `amount_refunded`.
WITH payments AS (
  SELECT
    location_id,
    currency,
    sum(amount) AS paid,
    sum(coalesce(amount_refunded, 0)) AS refunded,
    sum(amount - coalesce(amount_refunded, 0)) AS revenue,
    sum(amount - coalesce(amount_refunded, 0)) FILTER (created_at >= now() - INTERVAL 30 DAY) AS last_30_days
  FROM transactions
  WHERE live_mode IS NOT FALSE AND status IN ('succeeded', 'refunded', 'partially_refunded')
  GROUP BY location_id, currency
),
debts AS (
  SELECT
    location_id,
    currency,
    count(*) AS invoices_due,
    sum(amount_due) AS owed,
    sum(amount_due) FILTER (due_date < CAST(now() AS DATE)) AS overdue
  FROM invoices
  WHERE live_mode IS NOT FALSE AND status IN ('sent', 'partially_paid', 'payment_processing', 'overdue')
  GROUP BY location_id, currency
)
SELECT
  locations.name AS location,
  currency,
  coalesce(payments.paid, 0) AS paid,
  coalesce(payments.refunded, 0) AS refunded,
  coalesce(payments.revenue, 0) AS revenue,
  coalesce(payments.last_30_days, 0) AS last_30_days,
  coalesce(debts.invoices_due, 0) AS invoices_due,
  coalesce(debts.owed, 0) AS owed,
  coalesce(debts.overdue, 0) AS overdue
FROM payments
FULL JOIN debts USING (location_id, currency)
JOIN locations USING (location_id)
ORDER BY location, location_id, currency;
