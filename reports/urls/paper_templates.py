from django.urls import URLPattern, path

from reports.views import paper_template

SHAPE = "papers/shapes/<int:pk>/"
SECTION = f"{SHAPE}sections/<slug:section>/"

urlpatterns: list[URLPattern] = [
    path("papers/shapes/", paper_template.paper_templates, name="paper_templates"),
    path(SHAPE, paper_template.paper_template, name="paper_template"),
    path(f"{SHAPE}edit", paper_template.paper_template_edit, name="paper_template_edit"),
    path(f"{SHAPE}sections/new", paper_template.section_new, name="template_section_new"),
    path(f"{SECTION}edit", paper_template.section_edit, name="template_section_edit"),
    path(f"{SECTION}removal", paper_template.section_removal, name="template_section_removal"),
    path(f"{SHAPE}versions/new", paper_template.version_new, name="template_version_new"),
    path(f"{SHAPE}history/", paper_template.paper_template_history, name="paper_template_history"),
]
