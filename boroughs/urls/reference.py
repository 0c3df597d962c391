"""Lists of reference data that stand under /reference/."""

from django.urls import path

from boroughs.views import bank_holiday, organisation

urlpatterns = [
    path("bank-holidays/", bank_holiday.bank_holidays, name="bank_holidays"),
    path("bank-holidays/<int:year>/", bank_holiday.bank_holidays, name="bank_holidays_of"),
    path("bank-holidays/new/", bank_holiday.bank_holiday_new, name="bank_holiday_new"),
    path("bank-holidays/day/<int:pk>/edit/", bank_holiday.bank_holiday_edit, name="bank_holiday_edit"),
    path("bank-holidays/day/<int:pk>/removal/", bank_holiday.bank_holiday_removal, name="bank_holiday_removal"),
    path("bank-holidays/day/<int:pk>/history/", bank_holiday.bank_holiday_history, name="bank_holiday_history"),
    path("organisations/", organisation.organisations, name="organisations"),
    path("organisations/<slug:key>/history/", organisation.organisation_history, name="organisation_history"),
]
