-- Pipeline overview by stage: how many deals are open in each stage and what they are worth, with names for ids.
SELECT
  locations.name AS location,
  pipeline_stages.pipeline_name AS pipeline,
  pipeline_stages.name AS stage,
  pipeline_stages.id AS stage_id,
  count(*) FILTER (opportunities.status = 'open') AS open_deals,
  coalesce(sum(opportunities.monetary_value_number) FILTER (opportunities.status = 'open'), 0) AS open_value,
  count(*) FILTER (opportunities.status = 'won') AS won_deals,
  coalesce(sum(opportunities.monetary_value_number) FILTER (opportunities.status = 'won'), 0) AS won_value
FROM pipeline_stages
JOIN locations USING (location_id)
LEFT JOIN opportunities
  ON opportunities.location_id = pipeline_stages.location_id
  AND opportunities.pipeline_id = pipeline_stages.pipeline_id
  AND opportunities.pipeline_stage_id = pipeline_stages.id
GROUP BY location, location_id, pipeline, pipeline_stages.pipeline_id, stage, stage_id, pipeline_stages.position
ORDER BY location, location_id, pipeline, pipeline_stages.pipeline_id, pipeline_stages.position;
