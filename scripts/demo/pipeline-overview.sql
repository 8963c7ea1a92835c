-- Pipeline overview by stage: how many deals are open in each stage and what they are worth, with names for ids.
WITH stages AS (
  SELECT
    location_id,
    id AS pipeline_id,
    name AS pipeline,
    unnest(from_json(stages, '[{"id": "VARCHAR", "name": "VARCHAR", "position": "INTEGER"}]')) AS stage
  FROM pipelines
)
SELECT
  locations.name AS location,
  stages.pipeline,
  stages.stage.name AS stage,
  stages.stage.id AS stage_id,
  count(*) FILTER (opportunities.status = 'open') AS open_deals,
  coalesce(sum(opportunities.monetary_value_number) FILTER (opportunities.status = 'open'), 0) AS open_value,
  count(*) FILTER (opportunities.status = 'won') AS won_deals,
  coalesce(sum(opportunities.monetary_value_number) FILTER (opportunities.status = 'won'), 0) AS won_value
FROM stages
JOIN locations USING (location_id)
LEFT JOIN opportunities
  ON opportunities.location_id = stages.location_id
  AND opportunities.pipeline_id = stages.pipeline_id
  AND opportunities.pipeline_stage_id = stages.stage.id
GROUP BY location, location_id, pipeline, stages.pipeline_id, stage
ORDER BY location, location_id, pipeline, stages.pipeline_id, stages.stage.position;
