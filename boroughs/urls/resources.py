"""Posts and money, under /resources/."""

from django.urls import path

from boroughs.views import funding, post, resources

urlpatterns = [
    path("", resources.resources, name="resources"),
    path("posts-and-money.xlsx", resources.resources_xlsx, name="resources_xlsx"),
    path("posts/", post.posts, name="posts"),
    path("posts/new", post.post_new, name="post_new"),
    path("posts/<int:pk>/", post.post, name="post"),
    path("posts/<int:pk>/edit", post.post_edit, name="post_edit"),
    path("posts/<int:pk>/shares", post.post_shares, name="post_shares"),
    path("posts/<int:pk>/history/", post.post_history, name="post_history"),
    path("funding/new", funding.funding_new, name="funding_new"),
    path("funding/<int:pk>/", funding.funding_line, name="funding_line"),
    path("funding/<int:pk>/edit", funding.funding_edit, name="funding_edit"),
    path("funding/<int:pk>/history/", funding.funding_history, name="funding_line_history"),
]
