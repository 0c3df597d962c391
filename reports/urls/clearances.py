from django.urls import URLPattern, path

from reports.views import clearance, exempt_cell

urlpatterns: list[URLPattern] = [
    path("papers/<int:pk>/clearance/", clearance.paper_clearance, name="paper_clearance"),
    path("papers/<int:pk>/clearance/new", clearance.clearance_new, name="clearance_new"),
    path("papers/<int:pk>/clearance/again", clearance.clearance_again, name="clearance_again"),
    path("papers/<int:pk>/clearance/<int:clearance>/", clearance.clearance, name="clearance"),
    path("papers/<int:pk>/clearance/<int:clearance>/removal", clearance.clearance_removal, name="clearance_removal"),
    path("papers/<int:pk>/approval/", clearance.paper_approval, name="paper_approval"),
    path("papers/<int:pk>/approval/proposal", clearance.approval_proposal, name="approval_proposal"),
    path("papers/<int:pk>/blocks/<uuid:block>/exempt-cells/", exempt_cell.exempt_cells, name="exempt_cells"),
    path(
        "papers/<int:pk>/blocks/<uuid:block>/exempt-cells/<int:cell>/removal",
        exempt_cell.exempt_cell_removal,
        name="exempt_cell_removal",
    ),
]
