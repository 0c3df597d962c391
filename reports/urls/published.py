from django.urls import URLPattern, path

from reports.views import paper_subscription, publication, published, published_pack

urlpatterns: list[URLPattern] = [
    path("published/", published.published, name="published"),
    path("published/hashes", published.published_hashes, name="published_hashes"),
    path("published/hashes.csv", published.published_hashes_csv, name="published_hashes_csv"),
    path("published/<slug:key>/", published.published_board, name="published_board"),
    path("published/<slug:key>/papers.atom", published.published_feed, name="published_feed"),
    path("published/<slug:key>/packs/<int:pk>/pack.pdf", published_pack.published_pack, name="published_pack"),
    path("published/<slug:key>/<int:pk>/", published.published_paper, name="published_paper"),
    path("published/<slug:key>/<int:pk>/paper.pdf", published.published_pdf, name="published_pdf"),
    path("published/<slug:key>/<int:pk>/paper.docx", published.published_word, name="published_word"),
    path("published/<slug:key>/<int:pk>/numbers.csv", published.published_csv, name="published_csv"),
    path("papers/subscriptions", paper_subscription.paper_subscriptions, name="paper_subscriptions"),
    path("papers/<int:pk>/publication/", publication.paper_publication, name="paper_publication"),
    path("papers/<int:pk>/publication/word", publication.paper_publication_word, name="paper_publication_word"),
    path("papers/<int:pk>/withdrawal/", publication.paper_withdrawal, name="paper_withdrawal"),
    path("papers/<int:pk>/errata/new", publication.erratum_new, name="erratum_new"),
]
