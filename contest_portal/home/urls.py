"""Pages under /reference/ that are about more than one app, and those of the strategy."""

from django.urls import path

from contest_portal.home.views import reference
from strands.views import strategy, threat_level

urlpatterns = [
    path("", reference.reference, name="reference"),
    path("strategies/", strategy.strategies, name="strategies"),
    path("strategies/new/", strategy.strategy_new, name="strategy_new"),
    path("strategies/<slug:key>/", strategy.strategy, name="strategy"),
    path("strategies/<slug:key>/objectives/new/", strategy.objective_new, name="objective_new"),
    path("strategies/objectives/<int:pk>/links/", strategy.objective_links, name="objective_links"),
    path("strategies/<slug:key>/history/", strategy.strategy_history, name="strategy_history"),
    path("threat-levels/", threat_level.threat_levels, name="threat_levels"),
    path("threat-levels/new/", threat_level.threat_level_new, name="threat_level_new"),
    path("threat-levels/<int:pk>/edit/", threat_level.threat_level_edit, name="threat_level_edit"),
    path("threat-levels/<int:pk>/history/", threat_level.threat_level_history, name="threat_level_history"),
]
